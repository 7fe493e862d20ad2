# exercise: Predictor
# expect: wrong
# meant: never calls model.eval(), a model that comes from training answers with dropout
# about: eval|dropout|training mode|train\(
class Predictor:
    """A classification model and its tokenizer, ready to answer."""

    def __init__(
        self, model: Any, tokenizer: Any, *, max_length: int = 128, batch_size: int = 16, version: str = "unversioned"
    ) -> None:
        self.model = model
        self.tokenizer = tokenizer
        self.max_length = max_length
        self.batch_size = batch_size
        self.version = version
        names = model.config.id2label
        self.labels = [names[i] for i in range(len(names))]

    def predict(self, texts: list[str]) -> list[dict[str, Any]]:
        if isinstance(texts, str):
            raise TypeError("a list of texts, please")
        answers = []
        for start in range(0, len(texts), self.batch_size):
            part = texts[start : start + self.batch_size]
            inputs = self.tokenizer(
                part, truncation=True, max_length=self.max_length, padding=True, return_tensors="pt"
            )
            with torch.inference_mode():
                logits = self.model(**inputs).logits
            for text, row in zip(part, torch.softmax(logits, dim=-1).tolist()):
                tokens = len(self.tokenizer(text)["input_ids"])
                best = row.index(max(row))
                answers.append(
                    {
                        "label": self.labels[best],
                        "probability": row[best],
                        "probabilities": dict(zip(self.labels, row)),
                        "tokens": tokens,
                        "truncated": tokens > self.max_length,
                    }
                )
        return answers
