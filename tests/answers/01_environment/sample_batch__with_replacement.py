# exercise: sample_batch
# expect: wrong
# meant: draws with randint, the same row can come twice
# about: replacement|twice|randint|permutation|repeat|randperm
def sample_batch(data, size, seed):
    g = torch.Generator().manual_seed(seed)
    rows = torch.randint(0, len(data), (size,), generator=g)
    return data[rows]
