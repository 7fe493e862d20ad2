# exercise: sample_batch
# expect: wrong
# meant: sorts the rows, so that they stay in the order of the data
# about: \border|sort
def sample_batch(data, size, seed):
    g = torch.Generator().manual_seed(seed)
    rows = torch.randperm(len(data), generator=g)[:size]
    return data[rows.sort().values]
