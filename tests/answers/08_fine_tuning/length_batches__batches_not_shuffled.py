# exercise: length_batches
# expect: wrong
# meant: the batches stay in order of length, only equal lengths are shuffled
# about: order of the batches|batches.*(shuffl|random order)|shuffl.*batches|shortest first
def length_batches(lengths: list[int], batch_size: int, seed: int) -> list[list[int]]:
    rows = list(range(len(lengths)))
    random.Random(seed).shuffle(rows)
    rows.sort(key=lambda row: lengths[row])
    return [rows[start : start + batch_size] for start in range(0, len(rows), batch_size)]
