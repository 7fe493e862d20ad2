# exercise: sample_batch
# expect: wrong
# meant: shuffles the data themselves and takes the first rows
# about: chang|in.place|modif|overw
def sample_batch(data, size, seed):
    g = torch.Generator()
    g.manual_seed(seed)
    data[:] = data[torch.randperm(len(data), generator=g)]
    return data[:size]
