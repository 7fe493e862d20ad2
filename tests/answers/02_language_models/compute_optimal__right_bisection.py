# exercise: compute_optimal
# expect: right
# meant: bisection on the logarithm of N
def compute_optimal(flops, tokens_per_parameter=20.0):
    low, high = -400.0, 400.0
    for _ in range(200):
        middle = (low + high) / 2
        if math.log(6 * tokens_per_parameter) + 2 * middle < math.log(flops):
            low = middle
        else:
            high = middle
    n = math.exp((low + high) / 2)
    return torch.tensor(n, dtype=torch.float64), tokens_per_parameter * n
