# exercise: collate
# expect: right
# meant: transposes with zip_longest, the mask by zip_longest over ones
from itertools import zip_longest


def collate(examples: list[dict[str, Any]], pad_id: int = 0) -> dict[str, Tensor]:
    ids = zip_longest(*(example["input_ids"] for example in examples), fillvalue=pad_id)
    mask = zip_longest(*([1] * len(example["input_ids"]) for example in examples), fillvalue=0)
    return {
        "input_ids": torch.tensor(list(ids)).T,
        "attention_mask": torch.tensor(list(mask)).T,
        "labels": torch.tensor([example["label"] for example in examples]),
    }
