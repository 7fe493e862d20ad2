# exercise: sample_batch
# expect: wrong
# meant: makes a generator but forgets to seed it
# about: \bseed
def sample_batch(data, size, seed):
    g = torch.Generator()
    rows = torch.randperm(len(data), generator=g)[:size]
    return data[rows]
