# exercise: sample_batch
# expect: wrong
# meant: removes dimensions of length 1, so that a batch of one row loses its first dimension
# about: shape|squeeze|dimension|one row|\bsize.{0,6}1\b
def sample_batch(data, size, seed):
    g = torch.Generator().manual_seed(seed)
    return data[torch.randperm(len(data), generator=g)[:size]].squeeze()
