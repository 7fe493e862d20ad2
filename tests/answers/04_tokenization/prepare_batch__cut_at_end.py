# exercise: prepare_batch
# expect: wrong
# meant: builds the row first and cuts it off: the last [SEP] is lost, the second text always pays
# about: \[?SEP|special tokens?|longer|cut off|slice|end of the row|finished row|shorten (first|before)
def prepare_batch(pairs: list[tuple[list[int], list[int] | None]], max_length: int) -> dict[str, Tensor]:
    rows, types = [], []
    for first, second in pairs:
        first = list(first)
        if second is None:
            rows.append(([CLS] + first + [SEP])[:max_length])
            types.append([0] * len(rows[-1]))
        else:
            second = list(second)
            rows.append(([CLS] + first + [SEP] + second + [SEP])[:max_length])
            types.append(([0] * (len(first) + 2) + [1] * (len(second) + 1))[:max_length])
    longest = max(len(row) for row in rows)
    return {
        "input_ids": torch.tensor([row + [PAD] * (longest - len(row)) for row in rows]),
        "token_type_ids": torch.tensor([t + [0] * (longest - len(t)) for t in types]),
        "attention_mask": torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows]),
    }
