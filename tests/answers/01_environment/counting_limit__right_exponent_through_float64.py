# exercise: counting_limit
# expect: right
# meant: counts the exponent up, and converts through float64 in both directions
def counting_limit(dtype):
    def loses(p):
        odd = 2**p + 1
        return int(torch.tensor(odd, dtype=torch.float64).to(dtype).to(torch.float64).item()) != odd

    p = 0
    while not loses(p):
        p += 1
    return 1 << p
