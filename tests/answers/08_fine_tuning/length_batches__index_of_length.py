# exercise: length_batches
# expect: wrong
# meant: finds the row with lengths.index, which gives the first row for all equal lengths
# about: \.index|first row|duplicate|twice|equal(ly)?|same row|same length
def length_batches(lengths: list[int], batch_size: int, seed: int) -> list[list[int]]:
    generator = random.Random(seed)
    ordered = sorted(lengths)
    rows = [lengths.index(length) for length in ordered]
    batches = [rows[i : i + batch_size] for i in range(0, len(rows), batch_size)]
    generator.shuffle(batches)
    return batches
