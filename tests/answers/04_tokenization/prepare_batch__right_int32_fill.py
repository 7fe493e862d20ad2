# exercise: prepare_batch
# expect: right
# meant: tensors of int32, filled number by number, as in C
def prepare_batch(pairs: list[tuple[list[int], list[int] | None]], max_length: int) -> dict[str, Tensor]:
    rows = []
    longest = 0
    for first, second in pairs:
        na = len(first)
        nb = 0 if second is None else len(second)
        special = 2 if second is None else 3
        while na + nb + special > max_length:
            if second is None or na > nb:
                na -= 1
            else:
                nb -= 1
        entries = [(101, 0)] + [(first[i], 0) for i in range(na)] + [(102, 0)]
        if second is not None:
            entries += [(second[i], 1) for i in range(nb)] + [(102, 1)]
        rows.append(entries)
        if len(entries) > longest:
            longest = len(entries)
    ids = torch.zeros((len(pairs), longest), dtype=torch.int32)
    types = torch.zeros((len(pairs), longest), dtype=torch.int32)
    mask = torch.zeros((len(pairs), longest), dtype=torch.int32)
    for r in range(len(rows)):
        for c in range(len(rows[r])):
            ids[r, c] = rows[r][c][0]
            types[r, c] = rows[r][c][1]
            mask[r, c] = 1
    return {"input_ids": ids, "token_type_ids": types, "attention_mask": mask}
