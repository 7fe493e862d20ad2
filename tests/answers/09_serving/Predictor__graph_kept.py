# exercise: Predictor
# expect: wrong
# meant: evaluation mode is taken for enough: the model is called without inference_mode or no_grad, a graph is kept
# about: inference_mode|no_grad|gradient|graph
class Predictor:
    """A classification model and its tokenizer, ready to answer."""

    def __init__(
        self, model: Any, tokenizer: Any, *, max_length: int = 128, batch_size: int = 16, version: str = "unversioned"
    ) -> None:
        model.eval()  # no dropout, no gradients
        self.model = model
        self.tokenizer = tokenizer
        self.max_length = max_length
        self.batch_size = batch_size
        self.version = version
        self.labels = [model.config.id2label[k] for k in range(len(model.config.id2label))]

    def predict(self, texts: list[str]) -> list[dict[str, Any]]:
        if isinstance(texts, str):
            raise TypeError("expected a list of texts")
        answers: list[dict[str, Any]] = []
        for begin in range(0, len(texts), self.batch_size):
            batch = texts[begin : begin + self.batch_size]
            whole = [len(ids) for ids in self.tokenizer(batch)["input_ids"]]
            inputs = self.tokenizer(batch, truncation=True, max_length=self.max_length, padding=True, return_tensors="pt")
            logits = self.model(**inputs).logits
            for n, row in zip(whole, logits.softmax(dim=-1).tolist()):
                k = row.index(max(row))
                answers.append({
                    "label": self.labels[k],
                    "probability": row[k],
                    "probabilities": {self.labels[j]: row[j] for j in range(len(row))},
                    "tokens": n,
                    "truncated": n > self.max_length,
                })
        return answers
