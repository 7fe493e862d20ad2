# exercise: collate
# expect: wrong
# meant: makes the mask from the padded ids, so a pad_id inside a text counts as padding
# about: input_ids ?!=|!= ?pad_id|token of its own|from the (padded )?ids|real token|(text|token).*(equal|contain|is|same as).*pad_id|pad_id.*(in|inside|within) (a|the) text
def collate(examples: list[dict[str, Any]], pad_id: int = 0) -> dict[str, Tensor]:
    longest = max(len(example["input_ids"]) for example in examples)
    input_ids = torch.tensor([example["input_ids"] + [pad_id] * (longest - len(example["input_ids"])) for example in examples])
    return {
        "input_ids": input_ids,
        "attention_mask": (input_ids != pad_id).long(),
        "labels": torch.tensor([example["label"] for example in examples]),
    }
