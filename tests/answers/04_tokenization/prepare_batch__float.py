# exercise: prepare_batch
# expect: wrong
# meant: float tensors from torch.zeros
# about: float|integer|dtype|\bint\b|\blong\b|int64|type of the (tensor|number)
def prepare_batch(pairs: list[tuple[list[int], list[int] | None]], max_length: int) -> dict[str, Tensor]:
    rows, types = [], []
    for first, second in pairs:
        first = list(first)
        if second is None:
            first = first[: max_length - 2]
            rows.append([CLS] + first + [SEP])
            types.append([0] * len(rows[-1]))
        else:
            second = list(second)
            while len(first) + len(second) + 3 > max_length:
                if len(first) > len(second):
                    first.pop()
                else:
                    second.pop()
            rows.append([CLS] + first + [SEP] + second + [SEP])
            types.append([0] * (len(first) + 2) + [1] * (len(second) + 1))
    longest = max(len(row) for row in rows)
    names = ("input_ids", "token_type_ids", "attention_mask")
    batch = {name: torch.zeros(len(rows), longest) for name in names}
    for i, row in enumerate(rows):
        batch["input_ids"][i, : len(row)] = torch.tensor(row)
        batch["token_type_ids"][i, : len(row)] = torch.tensor(types[i])
        batch["attention_mask"][i, : len(row)] = 1
    return batch
