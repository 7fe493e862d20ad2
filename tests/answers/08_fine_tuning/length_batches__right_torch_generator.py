# exercise: length_batches
# expect: right
# meant: a generator of torch, stable argsort of permuted lengths, split
def length_batches(lengths: list[int], batch_size: int, seed: int) -> list[list[int]]:
    if not lengths:
        return []
    generator = torch.Generator().manual_seed(seed)
    mixed = torch.randperm(len(lengths), generator=generator)
    rows = mixed[torch.argsort(torch.tensor(lengths)[mixed], stable=True)]
    batches = rows.split(batch_size)
    return [batches[place].tolist() for place in torch.randperm(len(batches), generator=generator).tolist()]
