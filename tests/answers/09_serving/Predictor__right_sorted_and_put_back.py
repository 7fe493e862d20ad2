# exercise: Predictor
# expect: right
# meant: tokenizes once, batches texts of similar length, pads by tokenizer.pad, and puts the answers back into order
class Predictor:
    """A classification model and its tokenizer, ready to answer."""

    def __init__(
        self, model: Any, tokenizer: Any, *, max_length: int = 128, batch_size: int = 16, version: str = "unversioned"
    ) -> None:
        self.model, self.tokenizer = model, tokenizer
        self.max_length, self.batch_size, self.version = max_length, batch_size, version
        self.labels = tuple(name for _, name in sorted(model.config.id2label.items()))
        model.eval()

    def predict(self, texts: list[str]) -> list[dict[str, Any]]:
        if isinstance(texts, str):
            raise TypeError("texts is a list of strings, not a string")
        counts = [len(self.tokenizer(text)["input_ids"]) for text in texts]
        order = sorted(range(len(texts)), key=counts.__getitem__)
        answers: dict[int, dict[str, Any]] = {}
        for start in range(0, len(order), self.batch_size):
            places = order[start : start + self.batch_size]
            encoded = [
                self.tokenizer(texts[place], truncation=True, max_length=self.max_length) for place in places
            ]
            inputs = self.tokenizer.pad(encoded, padding=True, return_tensors="pt")
            with torch.inference_mode():
                logits = self.model(input_ids=inputs["input_ids"], attention_mask=inputs["attention_mask"]).logits
            for place, row in zip(places, torch.softmax(logits.double(), dim=-1).tolist(), strict=True):
                named = dict(zip(self.labels, row, strict=True))
                label = max(named, key=named.get)
                answers[place] = {
                    "label": label,
                    "probability": named[label],
                    "probabilities": named,
                    "tokens": counts[place],
                    "truncated": counts[place] > self.max_length,
                }
        return [answers[place] for place in range(len(texts))]
