# exercise: counting_limit
# expect: wrong
# meant: converts back through float32, which limits float64 too
# about: float64|float32|convert|back
def counting_limit(dtype):
    n = 1
    while True:
        stored = torch.tensor(n + 1, dtype=dtype).to(torch.float32).item()
        if stored != n + 1:
            return n
        n *= 2
