# exercise: compute_optimal
# expect: wrong
# meant: tokens are C / N, without the six
# about: \b6\b|six
def compute_optimal(flops: float, tokens_per_parameter: float = 20.0) -> tuple[float, float]:
    n = math.sqrt(flops / (6 * tokens_per_parameter))
    d = flops / n
    return n, d
