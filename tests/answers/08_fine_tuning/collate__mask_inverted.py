# exercise: collate
# expect: wrong
# meant: the mask is 1 for padding and 0 for tokens, as PyTorch's key_padding_mask
# about: invert|revers|wrong way|swap|opposite|1 (for|at|where).*padding|key_padding
def collate(examples: list[dict[str, Any]], pad_id: int = 0) -> dict[str, Tensor]:
    longest = max(len(example["input_ids"]) for example in examples)
    ids = torch.full((len(examples), longest), pad_id)
    mask = torch.ones((len(examples), longest), dtype=torch.long)
    for row, example in enumerate(examples):
        ids[row, : len(example["input_ids"])] = torch.tensor(example["input_ids"])
        mask[row, : len(example["input_ids"])] = 0
    return {"input_ids": ids, "attention_mask": mask, "labels": torch.tensor([example["label"] for example in examples])}
