# exercise: length_batches
# expect: wrong
# meant: sorts from the longest down, so that the smaller batch is that of the shortest
# about: descend|reverse|longest first|from the (longest|shortest)|smaller batch|shortest on
def length_batches(lengths: list[int], batch_size: int, seed: int) -> list[list[int]]:
    generator = random.Random(seed)
    rows = sorted(range(len(lengths)), key=lambda row: (lengths[row], generator.random()), reverse=True)
    batches = [rows[start : start + batch_size] for start in range(0, len(rows), batch_size)]
    generator.shuffle(batches)
    return batches
