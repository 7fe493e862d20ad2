# exercise: length_batches
# expect: wrong
# meant: adds noise of up to some tokens to the lengths before sorting, an old bucketing trick, so unequal lengths change places
# about: noise|jitter|exact|unequal|not sorted|different length
def length_batches(lengths: list[int], batch_size: int, seed: int) -> list[list[int]]:
    generator = random.Random(seed)
    noisy = [length + generator.uniform(0, 5) for length in lengths]
    rows = sorted(range(len(lengths)), key=lambda row: noisy[row])
    batches = [rows[start : start + batch_size] for start in range(0, len(rows), batch_size)]
    generator.shuffle(batches)
    return batches
