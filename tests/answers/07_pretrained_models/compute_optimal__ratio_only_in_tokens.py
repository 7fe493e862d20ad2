# exercise: compute_optimal
# expect: wrong
# meant: the size is computed with 20, the tokens with the given ratio
# about: tokens_per_parameter|ratio|\b20\b|\b120\b|twenty
def compute_optimal(flops: float, tokens_per_parameter: float = 20.0) -> tuple[float, float]:
    n = (flops / 120) ** 0.5
    return n, tokens_per_parameter * n
