# exercise: Predictor
# expect: wrong
# meant: probabilities are zero-dimensional tensors and not floats, the answer is no JSON
# about: tensor|float\(|\.item|tolist|JSON|plain
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
        self.labels = [model.config.id2label[k] for k in range(len(model.config.id2label))]

    def predict(self, texts: list[str]) -> list[dict[str, Any]]:
        if isinstance(texts, str):
            raise TypeError()
        res = []
        for i in range(0, len(texts), self.batch_size):
            b = texts[i : i + self.batch_size]
            x = self.tokenizer(b, padding=True, truncation=True, max_length=self.max_length, return_tensors="pt")
            with torch.no_grad():
                y = self.model(**x).logits
            y = torch.softmax(y, dim=-1)
            for t, row in zip(b, y):
                n = len(self.tokenizer(t)["input_ids"])
                res.append({
                    "label": self.labels[row.argmax()],
                    "probability": row.max(),
                    "probabilities": {l: v for l, v in zip(self.labels, row)},
                    "tokens": n,
                    "truncated": n > self.max_length,
                })
        return res
