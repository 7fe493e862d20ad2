# exercise: prepare_batch
# expect: wrong
# meant: takes off three special tokens for a single text, too
# about: single text|one text|alone|two special|None\b|only two|\b2\b|without (a )?second|one (id )?too (few|short|many)
def prepare_batch(pairs: list[tuple[list[int], list[int] | None]], max_length: int) -> dict[str, Tensor]:
    rows, types = [], []
    for first, second in pairs:
        first = list(first)
        if second is None:
            first = first[: max_length - 3]
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
        "input_ids": torch.tensor([row + [PAD] * (longest - len(row)) for row in rows]),
        "token_type_ids": torch.tensor([t + [0] * (longest - len(t)) for t in types]),
        "attention_mask": torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows]),
    }
