# exercise: collate
# expect: wrong
# meant: sorts the examples by length, longest first, so rows come in another order (as for packed sequences)
# about: \border|sort
def collate(examples: list[dict[str, Any]], pad_id: int = 0) -> dict[str, Tensor]:
    examples = sorted(examples, key=lambda example: len(example["input_ids"]), reverse=True)
    longest = len(examples[0]["input_ids"])
    ids = [example["input_ids"] + [pad_id] * (longest - len(example["input_ids"])) for example in examples]
    mask = [[1] * len(example["input_ids"]) + [0] * (longest - len(example["input_ids"])) for example in examples]
    return {"input_ids": torch.tensor(ids), "attention_mask": torch.tensor(mask), "labels": torch.tensor([e["label"] for e in examples])}
