# exercise: prepare_batch
# expect: wrong
# meant: shortens the lists that were given
# about: unchanged|in place|argument|mutat|modif|copy|pop|caller|chang(e|es|ed|ing) (the|its|your|pairs)|original
def prepare_batch(pairs: list[tuple[list[int], list[int] | None]], max_length: int) -> dict[str, Tensor]:
    rows, types = [], []
    for first, second in pairs:
        if second is None:
            while len(first) > max_length - 2:
                first.pop()
            rows.append([CLS] + first + [SEP])
            types.append([0] * len(rows[-1]))
        else:
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
