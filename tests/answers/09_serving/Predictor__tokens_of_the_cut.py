# exercise: Predictor
# expect: wrong
# meant: counts the tokens after the truncation, so that tokens is at most max_length and truncated never True
# about: after (the )?(truncat|cut)|whole text|already (been )?(cut|truncated)|never (be )?(true|more)|untruncated
class Predictor:
    """A classification model and its tokenizer, ready to answer."""

    def __init__(
        self, model: Any, tokenizer: Any, *, max_length: int = 128, batch_size: int = 16, version: str = "unversioned"
    ) -> None:
        self.model = model.eval()
        self.tokenizer = tokenizer
        self.max_length = max_length
        self.batch_size = batch_size
        self.version = version
        self.labels = [model.config.id2label[i] for i in sorted(model.config.id2label)]

    @torch.no_grad()
    def predict(self, texts: list[str]) -> list[dict[str, Any]]:
        if not isinstance(texts, list):
            raise TypeError("texts must be a list")
        result = []
        for i in range(0, len(texts), self.batch_size):
            batch = texts[i : i + self.batch_size]
            enc = self.tokenizer(batch, padding=True, truncation=True, max_length=self.max_length, return_tensors="pt")
            probs = self.model(**enc).logits.softmax(-1)
            counts = enc["attention_mask"].sum(dim=1)
            for row, n in zip(probs, counts):
                k = int(row.argmax())
                result.append({
                    "label": self.labels[k],
                    "probability": float(row[k]),
                    "probabilities": {name: float(x) for name, x in zip(self.labels, row)},
                    "tokens": int(n),
                    "truncated": int(n) > self.max_length,
                })
        return result
