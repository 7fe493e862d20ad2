# exercise: counting_limit
# expect: wrong
# meant: stops one too early, 255, since "256 is where it stands still"
# about: off by one|one too (few|small|low|early)|power of two|largest|itself
def counting_limit(dtype):
    n = 1
    while torch.tensor(n + 1, dtype=dtype).item() == n + 1:
        n = n * 2
    return n - 1
