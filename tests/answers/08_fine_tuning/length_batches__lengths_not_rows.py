# exercise: length_batches
# expect: wrong
# meant: returns the lengths themselves, not the row numbers
# about: row numbers|lengths (them|inst)|returns? (the )?lengths|indices|index
def length_batches(lengths: list[int], batch_size: int, seed: int) -> list[list[int]]:
    generator = random.Random(seed)
    ordered = sorted(lengths)
    batches = [ordered[i : i + batch_size] for i in range(0, len(ordered), batch_size)]
    generator.shuffle(batches)
    return batches
