# exercise: Predictor
# expect: wrong
# meant: padding='max_length' pads every batch to max_length and not to its own longest text
# about: padding\s*=\s*.?max_length|pad\w* .*(max_length|longest|128)|longest
class Predictor:
    """A classification model and its tokenizer, ready to answer."""

    def __init__(
        self, model: Any, tokenizer: Any, *, max_length: int = 128, batch_size: int = 16, version: str = "unversioned"
    ) -> None:
        self.model = model
        self.model.eval()
        self.tokenizer = tokenizer
        self.max_length = max_length
        self.batch_size = batch_size
        self.version = version
        self.labels = tuple(model.config.id2label[i] for i in range(len(model.config.id2label)))

    def predict(self, texts: list[str]) -> list[dict[str, Any]]:
        if isinstance(texts, str):
            raise TypeError("texts must be a list of strings")
        out = []
        for start in range(0, len(texts), self.batch_size):
            chunk = texts[start : start + self.batch_size]
            lengths = [len(self.tokenizer.encode(t)) for t in chunk]
            inputs = self.tokenizer(
                chunk, padding="max_length", truncation=True, max_length=self.max_length, return_tensors="pt"
            )
            with torch.inference_mode():
                probabilities = torch.softmax(self.model(**inputs).logits, dim=1).tolist()
            for n, p in zip(lengths, probabilities):
                best = max(range(len(p)), key=lambda k: p[k])
                out.append(dict(
                    label=self.labels[best], probability=p[best], probabilities=dict(zip(self.labels, p)),
                    tokens=n, truncated=n > self.max_length,
                ))
        return out
