# exercise: Predictor
# expect: wrong
# meant: a single string is wrapped into a list and answered instead of refused with TypeError
# about: TypeError|single string|wrap|isinstance|a string
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

    @torch.inference_mode()
    def predict(self, texts: list[str]) -> list[dict[str, Any]]:
        if isinstance(texts, str):
            texts = [texts]
        answers = []
        for start in range(0, len(texts), self.batch_size):
            part = texts[start : start + self.batch_size]
            counts = [len(self.tokenizer(text).input_ids) for text in part]
            inputs = self.tokenizer(part, padding=True, truncation=True, max_length=self.max_length, return_tensors="pt")
            rows = self.model(**inputs).logits.softmax(-1)
            for count, row in zip(counts, rows):
                value, place = row.max(dim=0)
                answers.append({
                    "label": self.labels[place.item()],
                    "probability": value.item(),
                    "probabilities": dict(zip(self.labels, row.tolist())),
                    "tokens": count,
                    "truncated": count > self.max_length,
                })
        return answers
