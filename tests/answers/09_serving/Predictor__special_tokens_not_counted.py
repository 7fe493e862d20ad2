# exercise: Predictor
# expect: wrong
# meant: tokens by tokenizer.tokenize, without [CLS] and [SEP]: two too few, and truncated is wrong at the border
# about: special|\[?CLS\]?|\[?SEP\]?|two (too few|more|tokens)|tokenize\(
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
        self.labels = [model.config.id2label[k] for k in range(len(model.config.id2label))]
        model.eval()

    def predict(self, texts: list[str]) -> list[dict[str, Any]]:
        if isinstance(texts, str):
            raise TypeError("list, not str")
        answers = []
        for start in range(0, len(texts), self.batch_size):
            part = texts[start : start + self.batch_size]
            inputs = self.tokenizer(part, padding=True, truncation=True, max_length=self.max_length, return_tensors="pt")
            with torch.no_grad():
                probs = torch.nn.functional.softmax(self.model(**inputs).logits, dim=1)
            for text, prob in zip(part, probs):
                number_of_tokens = len(self.tokenizer.tokenize(text))
                best = torch.argmax(prob).item()
                answers.append({
                    "label": self.labels[best],
                    "probability": prob[best].item(),
                    "probabilities": {label: prob[i].item() for i, label in enumerate(self.labels)},
                    "tokens": number_of_tokens,
                    "truncated": number_of_tokens > self.max_length,
                })
        return answers
