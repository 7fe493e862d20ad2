# exercise: length_batches
# expect: wrong
# meant: the random tie-breaker divides by max(lengths), which fails for an empty list
# about: empty|no rows|\[\]|max\(
def length_batches(lengths: list[int], batch_size: int, seed: int) -> list[list[int]]:
    generator = torch.Generator().manual_seed(seed)
    noise = torch.rand(len(lengths), generator=generator) * 0.5
    scale = max(lengths)
    keys = [(length + extra.item()) / scale for length, extra in zip(lengths, noise)]
    rows = sorted(range(len(lengths)), key=keys.__getitem__)
    batches = [rows[start : start + batch_size] for start in range(0, len(rows), batch_size)]
    return [batches[k] for k in torch.randperm(len(batches), generator=generator).tolist()]
