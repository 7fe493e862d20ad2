# exercise: counting_limit
# expect: wrong
# meant: tests only powers of two, which are exact until the format overflows
# about: powers? of two|n \+ 1|\bodd\b|between|neighbou?r|overflow|largest number|gap|leaving out|every
def counting_limit(dtype):
    n = 1
    while n < 2**60 and torch.tensor(n, dtype=dtype).item() == n:
        n *= 2
    return n // 2
