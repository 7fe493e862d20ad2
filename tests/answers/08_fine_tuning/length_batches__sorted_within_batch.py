# exercise: length_batches
# expect: wrong
# meant: shuffles all rows, cuts, and sorts only inside each batch
# about: inside|within|before cutting|all rows.*sort|sort.*all rows|sort.*(first|before)|not sorted|like length
def length_batches(lengths: list[int], batch_size: int, seed: int) -> list[list[int]]:
    generator = random.Random(seed)
    rows = list(range(len(lengths)))
    generator.shuffle(rows)
    batches = []
    for start in range(0, len(rows), batch_size):
        batches.append(sorted(rows[start : start + batch_size], key=lambda row: lengths[row]))
    generator.shuffle(batches)
    return batches
