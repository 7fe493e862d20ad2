# exercise: Predictor
# expect: wrong
# meant: tokenizes and pads all texts together before the split, every batch is as long as the longest text of all
# about: (longest|pad\w*) .*(all|batch|own|request)|all (the )?texts|before (the )?(split|slic|batch)
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
            raise TypeError("a list of texts is needed")
        if len(texts) == 0:
            return []
        lengths = [len(ids) for ids in self.tokenizer(texts)["input_ids"]]
        enc = self.tokenizer(texts, truncation=True, max_length=self.max_length, padding=True, return_tensors="pt")
        all_ids = enc["input_ids"].split(self.batch_size)
        all_masks = enc["attention_mask"].split(self.batch_size)
        with torch.inference_mode():
            logits = torch.cat([self.model(input_ids=i, attention_mask=m).logits for i, m in zip(all_ids, all_masks)])
        probs = torch.softmax(logits, dim=1).tolist()
        return [
            {
                "label": self.labels[p.index(max(p))],
                "probability": max(p),
                "probabilities": dict(zip(self.labels, p)),
                "tokens": n,
                "truncated": n > self.max_length,
            }
            for p, n in zip(probs, lengths)
        ]
