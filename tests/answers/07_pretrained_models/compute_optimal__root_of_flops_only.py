# exercise: compute_optimal
# expect: wrong
# meant: takes the root before dividing
# about: root|sqrt|inside|before|parenthes|bracket
def compute_optimal(flops: float, tokens_per_parameter: float = 20.0) -> tuple[float, float]:
    n = math.sqrt(flops) / (6 * tokens_per_parameter)
    return n, n * tokens_per_parameter
