# exercise: collate
# expect: wrong
# meant: gives the labels under the key label instead of labels
# about: \"?labels\"?.*(key|name)|(key|name).*label|plural
def collate(examples: list[dict[str, Any]], pad_id: int = 0) -> dict[str, Tensor]:
    longest = max(len(example["input_ids"]) for example in examples)
    batch = {"input_ids": [], "attention_mask": [], "label": []}
    for example in examples:
        n = len(example["input_ids"])
        batch["input_ids"].append(example["input_ids"] + [pad_id] * (longest - n))
        batch["attention_mask"].append([1] * n + [0] * (longest - n))
        batch["label"].append(example["label"])
    return {key: torch.tensor(value) for key, value in batch.items()}
