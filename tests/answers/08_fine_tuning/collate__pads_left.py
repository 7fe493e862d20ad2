# exercise: collate
# expect: wrong
# meant: puts the padding in front of the tokens, as for generation
# about: left|front|at the end|beginning|before the tokens
def collate(examples: list[dict[str, Any]], pad_id: int = 0) -> dict[str, Tensor]:
    longest = max(len(example["input_ids"]) for example in examples)
    ids, mask = [], []
    for example in examples:
        missing = longest - len(example["input_ids"])
        ids.append([pad_id] * missing + example["input_ids"])
        mask.append([0] * missing + [1] * len(example["input_ids"]))
    return {"input_ids": torch.tensor(ids), "attention_mask": torch.tensor(mask), "labels": torch.tensor([e["label"] for e in examples])}
