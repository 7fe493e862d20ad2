# exercise: compute_optimal
# expect: wrong
# meant: rounds both to whole numbers
# about: round|whole|integer
def compute_optimal(flops: float, tokens_per_parameter: float = 20.0) -> tuple[float, float]:
    n = math.sqrt(flops / (6 * tokens_per_parameter))
    return float(round(n)), float(round(tokens_per_parameter * n))
