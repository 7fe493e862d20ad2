# exercise: collate
# expect: right
# meant: a full tensor filled by a boolean mask from arange < lengths
def collate(examples: list[dict[str, Any]], pad_id: int = 0) -> dict[str, Tensor]:
    sizes = torch.tensor([len(example["input_ids"]) for example in examples])
    real = torch.arange(int(sizes.max())).expand(len(examples), -1) < sizes.unsqueeze(1)
    ids = torch.full(real.shape, pad_id, dtype=torch.int64)
    ids[real] = torch.tensor([token for example in examples for token in example["input_ids"]])
    return dict(input_ids=ids, attention_mask=real.to(torch.int64), labels=torch.tensor([e["label"] for e in examples]))
