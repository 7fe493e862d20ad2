# exercise: sample_batch
# expect: wrong
# meant: permutes only `size` numbers: never reaches the later rows
# about: all row|len\(data\)|first (`?size`?|rows)|randperm|permutation of all|later rows|every row
def sample_batch(data, size, seed):
    g = torch.Generator().manual_seed(seed)
    return data[torch.randperm(size, generator=g)]
