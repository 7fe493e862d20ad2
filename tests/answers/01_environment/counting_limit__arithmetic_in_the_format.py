# exercise: counting_limit
# expect: wrong
# meant: counts with tensors of the format, which float8 cannot add
# about: float8|arithmetic|calculat|in Python|not implemented|cannot add
def counting_limit(dtype):
    n = torch.tensor(1, dtype=dtype)
    while n + 1 != n:
        n = n * 2
    return int(n.item())
