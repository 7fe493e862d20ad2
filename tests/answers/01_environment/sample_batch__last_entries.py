# exercise: sample_batch
# expect: wrong
# meant: takes the last entries of the permutation
# about: \bfirst\b|\bthe last\b|\[:size\]|beginning|\bend\b
def sample_batch(data, size, seed):
    g = torch.Generator().manual_seed(seed)
    rows = torch.randperm(len(data), generator=g)
    return data[rows[len(data) - size:]]
