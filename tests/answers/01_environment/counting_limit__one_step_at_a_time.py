# exercise: counting_limit
# expect: wrong
# meant: tests 0, 1, 2, 3 … one after the other; for float64 that takes for ages
# about: slow|\btime\b|doubl|powers? of two|one (by|after) one|too long|steps?\b|never (ends|finish)
def counting_limit(dtype):
    n = 0
    while torch.tensor(n + 1, dtype=dtype).item() == n + 1:
        n += 1
    return n
