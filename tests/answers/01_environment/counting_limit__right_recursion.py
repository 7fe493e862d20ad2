# exercise: counting_limit
# expect: right
# meant: recursion: n if n + 1 gets lost, else the same question for 2n
def counting_limit(dtype, n=1):
    back = torch.as_tensor(n + 1).to(dtype).item()
    return n if back != n + 1 else counting_limit(dtype, 2 * n)
