# exercise: counting_limit
# expect: wrong
# meant: returns the first number that cannot be stored
# about: off by one|one too (many|large|high)|first.*(cannot|not|fail|missing)|last.*(can|exact)|power of two|largest
def counting_limit(dtype):
    n = 1
    while torch.tensor(n + 1, dtype=dtype).item() == n + 1:
        n = n * 2
    return n + 1
