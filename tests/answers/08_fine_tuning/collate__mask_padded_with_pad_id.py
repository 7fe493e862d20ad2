# exercise: collate
# expect: wrong
# meant: pads the mask, too, with pad_id instead of 0
# about: mask.*pad_id|pad_id.*mask|mask.*pad(ded|s|ding)?.*(0|zero)
def collate(examples: list[dict[str, Any]], pad_id: int = 0) -> dict[str, Tensor]:
    def pad(rows):
        longest = max(len(row) for row in rows)
        return torch.tensor([list(row) + [pad_id] * (longest - len(row)) for row in rows])

    return {
        "input_ids": pad([example["input_ids"] for example in examples]),
        "attention_mask": pad([[1] * len(example["input_ids"]) for example in examples]),
        "labels": torch.tensor([example["label"] for example in examples]),
    }
