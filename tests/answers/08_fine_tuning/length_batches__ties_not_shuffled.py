# exercise: length_batches
# expect: wrong
# meant: sorted is stable and rows of equal length always keep the same company; only batches are shuffled
# about: equal(ly)? long|equal length|same length|ties?|stable|company
def length_batches(lengths: list[int], batch_size: int, seed: int) -> list[list[int]]:
    rows = sorted(range(len(lengths)), key=lambda row: lengths[row])
    batches = [rows[start : start + batch_size] for start in range(0, len(rows), batch_size)]
    random.Random(seed).shuffle(batches)
    return batches
