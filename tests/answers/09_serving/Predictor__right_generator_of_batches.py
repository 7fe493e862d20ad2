# exercise: Predictor
# expect: right
# meant: a generator gives rows batch by batch; logsumexp in place of softmax; a function decorated with inference_mode
class Predictor:
    """A classification model and its tokenizer, ready to answer."""

    def __init__(
        self, model: Any, tokenizer: Any, *, max_length: int = 128, batch_size: int = 16, version: str = "unversioned"
    ) -> None:
        self.model = model.eval()
        self.tokenizer = tokenizer
        self.batch_size = batch_size
        self.version = version
        self.max_length = max_length
        self.labels = list(map(model.config.id2label.get, range(len(model.config.id2label))))
        self._encode = lambda texts: tokenizer(
            texts, truncation="longest_first", max_length=max_length, padding="longest", return_tensors="pt"
        )

    @torch.inference_mode()
    def _probabilities(self, texts):
        logits = self.model(**self._encode(texts)).logits
        return (logits - logits.logsumexp(dim=1, keepdim=True)).exp().numpy()

    def _rows(self, texts):
        for number in range(math.ceil(len(texts) / self.batch_size)):
            yield from self._probabilities(texts[number * self.batch_size : (number + 1) * self.batch_size])

    def predict(self, texts: list[str]) -> list[dict[str, Any]]:
        if not isinstance(texts, (list, tuple)):
            raise TypeError(f"a list of str, not {type(texts).__name__}")

        def answer(text, row):
            tokens = len(self.tokenizer(text, add_special_tokens=True).input_ids)
            best = int(row.argmax())
            return {
                "label": str(self.labels[best]),
                "probability": float(row[best]),
                "probabilities": {name: float(value) for name, value in zip(self.labels, row)},
                "tokens": tokens,
                "truncated": tokens > self.max_length,
            }

        return [answer(text, row) for text, row in zip(texts, self._rows(texts))]
