# exercise: collate
# expect: wrong
# meant: pads every batch to 64, the maximum length, instead of the batch's longest
# about: \b64\b|fixed|dynamic|too wide|longest of (the|this|its) batch
def collate(examples: list[dict[str, Any]], pad_id: int = 0) -> dict[str, Tensor]:
    width = 64
    ids = torch.full((len(examples), width), pad_id)
    mask = torch.zeros((len(examples), width), dtype=torch.long)
    for row, example in enumerate(examples):
        n = min(len(example["input_ids"]), width)
        ids[row, :n] = torch.tensor(example["input_ids"][:n])
        mask[row, :n] = 1
    return {"input_ids": ids, "attention_mask": mask, "labels": torch.tensor([example["label"] for example in examples])}
