# exercise: Predictor
# expect: wrong
# meant: no text: torch.cat of an empty list raises instead of []
# about: empty|no texts?|torch\.cat|\[\]
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
            raise TypeError("predict takes a list of texts")
        parts = []
        with torch.inference_mode():
            for start in range(0, len(texts), self.batch_size):
                inputs = self.tokenizer(
                    texts[start : start + self.batch_size],
                    padding=True,
                    truncation=True,
                    max_length=self.max_length,
                    return_tensors="pt",
                )
                parts.append(self.model(**inputs).logits)
        probabilities = torch.cat(parts).softmax(dim=-1)
        best, places = probabilities.max(dim=-1)
        lengths = [len(self.tokenizer(text)["input_ids"]) for text in texts]
        return [
            {
                "label": self.labels[place],
                "probability": value,
                "probabilities": dict(zip(self.labels, row)),
                "tokens": length,
                "truncated": length > self.max_length,
            }
            for place, value, row, length in zip(places.tolist(), best.tolist(), probabilities.tolist(), lengths)
        ]
