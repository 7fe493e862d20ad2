# exercise: collate
# expect: right
# meant: two calls of pad_sequence, one for ids with pad_id, one for ones with 0
def collate(examples: list[dict[str, Any]], pad_id: int = 0) -> dict[str, Tensor]:
    pad = nn.utils.rnn.pad_sequence
    texts = [torch.tensor(example["input_ids"], dtype=torch.int64) for example in examples]
    return {
        "input_ids": pad(texts, batch_first=True, padding_value=pad_id),
        "attention_mask": pad([torch.ones_like(text) for text in texts], batch_first=True),
        "labels": torch.tensor([example["label"] for example in examples], dtype=torch.int64),
    }
