# exercise: compute_optimal
# expect: wrong
# meant: forgets the square root
# about: root|sqrt|square|N\^2|N²|N\*\*2
def compute_optimal(flops: float, tokens_per_parameter: float = 20.0) -> tuple[float, float]:
    n = flops / (6 * tokens_per_parameter)
    return n, tokens_per_parameter * n
