# exercise: counting_limit
# expect: wrong
# meant: right number, but as the float that item() gives
# about: \bint\b|\bfloat\b|\btype\b|whole number
def counting_limit(dtype):
    n = torch.tensor(1.0, dtype=dtype).item()
    while n < 2**53 and torch.tensor(n + 1, dtype=dtype).item() == n + 1:
        n = n * 2
    return n
