# exercise: collate
# expect: wrong
# meant: labels and mask made with torch.Tensor and torch.ones, so they are float32
# about: float|dtype|int64|\blong\b
def collate(examples: list[dict[str, Any]], pad_id: int = 0) -> dict[str, Tensor]:
    longest = max([len(e["input_ids"]) for e in examples])
    ids = torch.full((len(examples), longest), pad_id, dtype=torch.long)
    mask = torch.zeros(len(examples), longest)
    for i in range(len(examples)):
        for j in range(len(examples[i]["input_ids"])):
            ids[i][j] = examples[i]["input_ids"][j]
            mask[i][j] = 1
    return {"input_ids": ids, "attention_mask": mask, "labels": torch.Tensor([e["label"] for e in examples])}
