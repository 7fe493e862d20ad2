# exercise: length_batches
# expect: wrong
# meant: a batch holds one length only, so many batches are smaller than batch_size
# about: bucket|one length|same length|only the batch|smaller|each length|equal length
def length_batches(lengths: list[int], batch_size: int, seed: int) -> list[list[int]]:
    generator = random.Random(seed)
    buckets = {}
    for row, length in enumerate(lengths):
        buckets.setdefault(length, []).append(row)
    batches = []
    for length in sorted(buckets):
        rows = buckets[length]
        generator.shuffle(rows)
        for start in range(0, len(rows), batch_size):
            batches.append(rows[start : start + batch_size])
    generator.shuffle(batches)
    return batches
