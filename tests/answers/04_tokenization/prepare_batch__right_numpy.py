# exercise: prepare_batch
# expect: right
# meant: closed formula for the truncation, arrays of numpy
import numpy as np

def prepare_batch(pairs: list[tuple[list[int], list[int] | None]], max_length: int) -> dict[str, Tensor]:
    kept = []
    for a, b in pairs:
        if b is None:
            kept.append((a[: max_length - 2], None))
            continue
        room = max_length - 3
        nb = min(len(b), max(room // 2, room - len(a)))
        na = min(len(a), room - nb)
        kept.append((a[:na], b[:nb]))
    lengths = [len(a) + 2 + (0 if b is None else len(b) + 1) for a, b in kept]
    shape = (len(kept), max(lengths, default=0))
    ids = np.full(shape, PAD, dtype=np.int64)
    types, mask = np.zeros_like(ids), np.zeros_like(ids)
    for r, (a, b) in enumerate(kept):
        ids[r, 0] = CLS
        ids[r, 1 : 1 + len(a)] = a
        ids[r, 1 + len(a)] = SEP
        if b is not None:
            ids[r, 2 + len(a) : 2 + len(a) + len(b)] = b
            ids[r, 2 + len(a) + len(b)] = SEP
            types[r, 2 + len(a) : lengths[r]] = 1
        mask[r, : lengths[r]] = 1
    names = ("input_ids", "token_type_ids", "attention_mask")
    return {name: torch.from_numpy(array) for name, array in zip(names, (ids, types, mask))}
