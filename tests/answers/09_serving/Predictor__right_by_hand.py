# exercise: Predictor
# expect: right
# meant: cuts and pads the lists of ids by hand and computes the softmax with math.exp
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
        self.labels = [model.config.id2label[number] for number in range(len(model.config.id2label))]

    def _ask(self, rows: list[list[int]]) -> list[list[float]]:
        width = max(map(len, rows))
        ids = [row + [self.tokenizer.pad_token_id] * (width - len(row)) for row in rows]
        mask = [[1] * len(row) + [0] * (width - len(row)) for row in rows]
        self.model.eval()
        with torch.no_grad():
            return self.model(input_ids=torch.tensor(ids), attention_mask=torch.tensor(mask)).logits.tolist()

    def predict(self, texts: list[str]) -> list[dict[str, Any]]:
        if isinstance(texts, str):
            raise TypeError("one string in place of a list")
        whole = [list(self.tokenizer.encode(text)) for text in texts]
        # the last one is [SEP]; it stays when the end is cut
        cut = [ids if len(ids) <= self.max_length else ids[: self.max_length - 1] + ids[-1:] for ids in whole]
        logits: list[list[float]] = []
        while len(logits) < len(cut):
            logits += self._ask(cut[len(logits) : len(logits) + self.batch_size])
        answers = []
        for ids, z in zip(whole, logits):
            top = max(z)
            powers = [math.exp(value - top) for value in z]
            p = [power / sum(powers) for power in powers]
            k = z.index(top)
            answers.append(
                dict(
                    label=self.labels[k],
                    probability=p[k],
                    probabilities={name: value for name, value in zip(self.labels, p)},
                    tokens=len(ids),
                    truncated=len(ids) > self.max_length,
                )
            )
        return answers
