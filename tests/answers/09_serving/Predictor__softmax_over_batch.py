# exercise: Predictor
# expect: wrong
# meant: softmax over dimension 0, the texts of the batch, instead of the classes
# about: \bdim\b|dimension|axis|over (the )?(batch|texts|rows)|softmax
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
        self.labels = []
        for i in range(len(model.config.id2label)):
            self.labels.append(model.config.id2label[i])
        self.model.eval()

    def predict(self, texts: list[str]) -> list[dict[str, Any]]:
        if type(texts) == str:
            raise TypeError("not a string please")
        answers = []
        i = 0
        while i < len(texts):
            batch = texts[i : i + self.batch_size]
            inputs = self.tokenizer(batch, return_tensors="pt", padding=True, truncation=True, max_length=self.max_length)
            with torch.no_grad():
                outputs = self.model(**inputs).logits
            probs = torch.softmax(outputs, dim=0)
            for j in range(len(batch)):
                n = len(self.tokenizer(batch[j])["input_ids"])
                c = outputs[j].argmax().item()
                d = {}
                d["label"] = self.labels[c]
                d["probability"] = probs[j][c].item()
                d["probabilities"] = {}
                for k in range(len(self.labels)):
                    d["probabilities"][self.labels[k]] = probs[j][k].item()
                d["tokens"] = n
                d["truncated"] = n > self.max_length
                answers.append(d)
            i += self.batch_size
        return answers
