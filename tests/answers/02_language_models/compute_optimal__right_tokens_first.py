# exercise: compute_optimal
# expect: right
# meant: D first, N as what is left of the budget
def compute_optimal(flops, tokens_per_parameter=20.0):
    d = pow(flops * tokens_per_parameter / 6, 0.5)
    return flops / (6 * d), d
