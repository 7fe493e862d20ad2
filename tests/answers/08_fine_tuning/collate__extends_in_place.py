# exercise: collate
# expect: wrong
# meant: appends the padding to the lists of the examples themselves
# about: in place|mutat|append|extend|original list|arguments? .*chang|chang.* (argument|example|list)|modif
def collate(examples: list[dict[str, Any]], pad_id: int = 0) -> dict[str, Tensor]:
    longest = max(len(example["input_ids"]) for example in examples)
    mask = []
    for example in examples:
        n = len(example["input_ids"])
        mask.append([1] * n + [0] * (longest - n))
        ids = example["input_ids"]
        while len(ids) < longest:
            ids.append(pad_id)
    return {
        "input_ids": torch.tensor([example["input_ids"] for example in examples]),
        "attention_mask": torch.tensor(mask),
        "labels": torch.tensor([example["label"] for example in examples]),
    }
