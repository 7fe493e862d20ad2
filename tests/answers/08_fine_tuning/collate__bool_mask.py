# exercise: collate
# expect: wrong
# meant: the mask is boolean, not int64
# about: bool|dtype|int64|True/False
def collate(examples: list[dict[str, Any]], pad_id: int = 0) -> dict[str, Tensor]:
    sizes = torch.tensor([len(example["input_ids"]) for example in examples])
    ids = nn.utils.rnn.pad_sequence([torch.tensor(example["input_ids"]) for example in examples], batch_first=True, padding_value=pad_id)
    mask = torch.arange(ids.shape[1])[None, :] < sizes[:, None]
    return {"input_ids": ids, "attention_mask": mask, "labels": torch.tensor([example["label"] for example in examples])}
