# exercise: prepare_batch
# expect: wrong
# meant: gives each text half of the room, also when the other one does not need it
# about: \bhalf\b|halves|longer|short(er)? (one|text)|equal share|unused|not (needed|used)|one id at a time
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
            room = max_length - 3
            if len(first) + len(second) > room:
                second = second[: room // 2]
                first = first[: room - room // 2]
            rows.append([CLS] + first + [SEP] + second + [SEP])
            types.append([0] * (len(first) + 2) + [1] * (len(second) + 1))
    longest = max(len(row) for row in rows)
    return {
        "input_ids": torch.tensor([row + [PAD] * (longest - len(row)) for row in rows]),
        "token_type_ids": torch.tensor([t + [0] * (longest - len(t)) for t in types]),
        "attention_mask": torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows]),
    }
