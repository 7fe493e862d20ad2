# exercise: length_batches
# expect: wrong
# meant: the generator gets no seed, so each call differs
# about: \bseed|same result|reproduc
def length_batches(lengths: list[int], batch_size: int, seed: int) -> list[list[int]]:
    generator = random.Random()
    rows = list(range(len(lengths)))
    generator.shuffle(rows)
    rows = sorted(rows, key=lengths.__getitem__)
    batches = [rows[start : start + batch_size] for start in range(0, len(rows), batch_size)]
    generator.shuffle(batches)
    return batches
