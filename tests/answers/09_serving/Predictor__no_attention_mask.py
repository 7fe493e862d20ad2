# exercise: Predictor
# expect: wrong
# meant: an attention mask of ones instead of that of the tokenizer: the model reads the padding of shorter texts
# about: attention.?mask|reads? (the )?padding|padding (is|as|counts)|mask
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
        self.labels = tuple(model.config.id2label[k] for k in range(len(model.config.id2label)))

    def predict(self, texts: list[str]) -> list[dict[str, Any]]:
        if isinstance(texts, str):
            raise TypeError("a list of strings")
        answers = []
        for start in range(0, len(texts), self.batch_size):
            part = texts[start : start + self.batch_size]
            ids = self.tokenizer(
                part, padding=True, truncation=True, max_length=self.max_length, return_tensors="pt"
            )["input_ids"]
            mask = torch.ones_like(ids)
            with torch.inference_mode():
                probs = torch.softmax(self.model(input_ids=ids, attention_mask=mask).logits, -1).tolist()
            for text, p in zip(part, probs):
                tokens = len(self.tokenizer(text)["input_ids"])
                answers.append({
                    "label": self.labels[p.index(max(p))],
                    "probability": max(p),
                    "probabilities": dict(zip(self.labels, p)),
                    "tokens": tokens,
                    "truncated": tokens > self.max_length,
                })
        return answers
