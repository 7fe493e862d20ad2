# exercise: collate
# expect: wrong
# meant: cuts every text to the shortest of the batch instead of padding to the longest
# about: shortest|cut|truncat|\bzip
def collate(examples: list[dict[str, Any]], pad_id: int = 0) -> dict[str, Tensor]:
    columns = list(zip(*[example["input_ids"] for example in examples]))
    ids = torch.tensor(columns).T.contiguous()
    return {"input_ids": ids, "attention_mask": torch.ones_like(ids), "labels": torch.tensor([example["label"] for example in examples])}
