# exercise: prepare_batch
# expect: wrong
# meant: returns lists of lists, no tensors
# about: tensors?\b|list|type
def prepare_batch(pairs: list[tuple[list[int], list[int] | None]], max_length: int) -> dict[str, Tensor]:
    batch = {"input_ids": [], "token_type_ids": [], "attention_mask": []}
    for a, b in pairs:
        n, m = len(a), len(b) if b is not None else 0
        extra = 2 if b is None else 3
        while n + m + extra > max_length:
            if n > m:
                n -= 1
            else:
                m -= 1
        row = [CLS] + a[:n] + [SEP]
        types = [0] * len(row)
        if b is not None:
            row += b[:m] + [SEP]
            types += [1] * (m + 1)
        batch["input_ids"].append(row)
        batch["token_type_ids"].append(types)
        batch["attention_mask"].append([1] * len(row))
    width = max(map(len, batch["input_ids"]))
    for rows in batch.values():
        for row in rows:
            row.extend([0] * (width - len(row)))
    return batch
