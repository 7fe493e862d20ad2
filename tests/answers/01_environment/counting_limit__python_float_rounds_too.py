# exercise: counting_limit
# expect: wrong
# meant: turns n + 1 into a Python float before comparing, so float64 never seems to lose anything
# about: float64|Python float|float\(|2\*\*53|compar|OverflowError|rounds? (too|as well|itself)
def counting_limit(dtype):
    n = 1
    while True:
        x = float(n + 1)
        if torch.tensor(x, dtype=dtype).item() != x:
            return n
        n *= 2
