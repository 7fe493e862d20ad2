# exercise: sample_batch
# expect: wrong
# meant: stacks single rows, which fails for an empty batch
# about: empty|\bzero\b|size.{0,6}\b0\b|\b0 rows|stack
def sample_batch(data, size, seed):
    g = torch.Generator().manual_seed(seed)
    rows = torch.randperm(len(data), generator=g)
    return torch.stack([data[i] for i in rows[:size]])
