# exercise: Predictor
# expect: wrong
# meant: cuts the ids with [:max_length], which loses the [SEP] at the end of a longer text
# about: \[?SEP\]?|separator|special token|slic|ids\[:
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

    def predict(self, texts: list[str]) -> list[dict[str, Any]]:
        if isinstance(texts, str):
            raise TypeError("a list is needed")
        answers = []
        for start in range(0, len(texts), self.batch_size):
            whole = [self.tokenizer(text)["input_ids"] for text in texts[start : start + self.batch_size]]
            cut = [ids[: self.max_length] for ids in whole]
            longest = max(len(ids) for ids in cut)
            input_ids = torch.full((len(cut), longest), self.tokenizer.pad_token_id)
            mask = torch.zeros(len(cut), longest, dtype=torch.long)
            for i, ids in enumerate(cut):
                input_ids[i, : len(ids)] = torch.tensor(ids)
                mask[i, : len(ids)] = 1
            with torch.inference_mode():
                rows = self.model(input_ids=input_ids, attention_mask=mask).logits.softmax(-1).tolist()
            for ids, row in zip(whole, rows):
                best = row.index(max(row))
                answers.append({
                    "label": self.labels[best],
                    "probability": row[best],
                    "probabilities": dict(zip(self.labels, row)),
                    "tokens": len(ids),
                    "truncated": len(ids) > self.max_length,
                })
        return answers
