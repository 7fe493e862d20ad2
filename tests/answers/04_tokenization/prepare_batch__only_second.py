# exercise: prepare_batch
# expect: wrong
# meant: shortens only the second text; fails or leaves rows too long when that is not enough
# about: longer|first text|only (the )?second|either|both texts|longest first
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
            room = max(max_length - 3 - len(first), 1)
            second = second[:room]
            first = first[: max_length - 3 - len(second)]
            rows.append([CLS] + first + [SEP] + second + [SEP])
            types.append([0] * (len(first) + 2) + [1] * (len(second) + 1))
    longest = max(len(row) for row in rows)
    return {
        "input_ids": torch.tensor([row + [PAD] * (longest - len(row)) for row in rows]),
        "token_type_ids": torch.tensor([t + [0] * (longest - len(t)) for t in types]),
        "attention_mask": torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows]),
    }
