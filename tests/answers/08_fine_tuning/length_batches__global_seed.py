# exercise: length_batches
# expect: wrong
# meant: seeds and uses the global generator of random
# about: global|random\.seed|own generator|random\.Random
def length_batches(lengths: list[int], batch_size: int, seed: int) -> list[list[int]]:
    random.seed(seed)
    rows = list(range(len(lengths)))
    random.shuffle(rows)
    rows.sort(key=lambda row: lengths[row])
    batches = [rows[start : start + batch_size] for start in range(0, len(rows), batch_size)]
    random.shuffle(batches)
    return batches
