# exercise: collate
# expect: wrong
# meant: labels of shape (batch, 1) instead of (batch,)
# about: \(batch, ?1\)|\(batch,\)|column|one dimension|extra dimension|unsqueeze|labels.*shape|shape.*labels
def collate(examples: list[dict[str, Any]], pad_id: int = 0) -> dict[str, Tensor]:
    longest = max(len(example["input_ids"]) for example in examples)
    ids = torch.tensor([example["input_ids"] + [pad_id] * (longest - len(example["input_ids"])) for example in examples])
    mask = torch.tensor([[1] * len(example["input_ids"]) + [0] * (longest - len(example["input_ids"])) for example in examples])
    labels = torch.tensor([[example["label"]] for example in examples])
    return {"input_ids": ids, "attention_mask": mask, "labels": labels}
