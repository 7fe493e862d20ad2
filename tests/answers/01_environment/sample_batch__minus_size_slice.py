# exercise: sample_batch
# expect: wrong
# meant: leaves out the last n - size entries by a negative slice: empty when size is n
# about: size.{0,12}\bn\b|\ball (of the )?rows|negative|slice|empty|whole data|len\(data\)|every row|\[:size\]
def sample_batch(data, size, seed):
    g = torch.Generator().manual_seed(seed)
    perm = torch.randperm(len(data), generator=g)
    left_out = len(data) - size
    return data[perm[:-left_out]]
