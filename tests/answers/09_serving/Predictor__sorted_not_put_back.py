# exercise: Predictor
# expect: wrong
# meant: sorts the texts by length to save padding, and gives the answers in the sorted order
# about: order|sort
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
            raise TypeError("a list of texts, not a single one")
        # similar lengths together: less padding
        texts = sorted(texts, key=lambda text: len(self.tokenizer(text)["input_ids"]))
        answers = []
        for start in range(0, len(texts), self.batch_size):
            part = texts[start : start + self.batch_size]
            inputs = self.tokenizer(part, padding=True, truncation=True, max_length=self.max_length, return_tensors="pt")
            for text, row in zip(part, self.model(**inputs).logits.softmax(dim=-1).tolist()):
                count = len(self.tokenizer(text)["input_ids"])
                best = max(range(len(row)), key=row.__getitem__)
                answers.append({
                    "label": self.labels[best],
                    "probability": row[best],
                    "probabilities": dict(zip(self.labels, row)),
                    "tokens": count,
                    "truncated": count > self.max_length,
                })
        return answers
