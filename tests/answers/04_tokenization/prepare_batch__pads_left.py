# exercise: prepare_batch
# expect: wrong
# meant: puts the padding in front
# about: on the left|left side|padd?.*left|left.*pad|in front|at the(ir)? (end|beginning|start)|behind|on the right
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
    return {
        "input_ids": torch.tensor([[PAD] * (longest - len(row)) + row for row in rows]),
        "token_type_ids": torch.tensor([[0] * (longest - len(t)) + t for t in types]),
        "attention_mask": torch.tensor([[0] * (longest - len(row)) + [1] * len(row) for row in rows]),
    }
