# exercise: compute_optimal
# expect: wrong
# meant: forgets the six operations: C = N D
# about: \b6\b|six
def compute_optimal(flops: float, tokens_per_parameter: float = 20.0) -> tuple[float, float]:
    n = math.sqrt(flops / tokens_per_parameter)
    return n, tokens_per_parameter * n
