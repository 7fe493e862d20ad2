# exercise: compute_optimal
# expect: wrong
# meant: whole-number division and root
# about: round|whole|integer|isqrt|floor|//|truncat|cut
def compute_optimal(flops: float, tokens_per_parameter: float = 20.0) -> tuple[float, float]:
    n = math.isqrt(int(flops // (6 * tokens_per_parameter)))
    return float(n), float(n * tokens_per_parameter)
