# exercise: sample_batch
# expect: wrong
# meant: returns a Python list of rows
# about: \blist\b|tensor|\btype\b|stack
def sample_batch(data, size, seed):
    g = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(data), generator=g).tolist()
    batch = []
    for i in range(size):
        batch.append(data[order[i]])
    return batch
