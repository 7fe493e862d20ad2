# exercise: sample_batch
# expect: wrong
# meant: returns the row numbers and not the rows
# about: row numbers|indices|\bindex|positions|rows of|data\[
def sample_batch(data, size, seed):
    g = torch.Generator().manual_seed(seed)
    rows = torch.randperm(len(data), generator=g)[:size]
    return rows
