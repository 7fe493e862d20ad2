# exercise: compute_optimal
# expect: wrong
# meant: forgets the factor 6
# about: \b6\b|six|factor|budget|spent|C = 6
def compute_optimal(flops, tokens_per_parameter=20.0):
    N = (flops / tokens_per_parameter) ** 0.5
    return N, N * tokens_per_parameter
