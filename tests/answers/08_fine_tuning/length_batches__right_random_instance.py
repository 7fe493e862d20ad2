# exercise: length_batches
# expect: right
# meant: random.Random, shuffle, stable sort, cut, shuffle
def length_batches(lengths: list[int], batch_size: int, seed: int) -> list[list[int]]:
    chance = random.Random(seed)
    rows = chance.sample(range(len(lengths)), len(lengths))
    rows.sort(key=lengths.__getitem__)
    batches = []
    while rows:
        batches.append(rows[:batch_size])
        rows = rows[batch_size:]
    return chance.sample(batches, len(batches))
