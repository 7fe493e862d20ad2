# exercise: compute_optimal
# expect: wrong
# meant: searches the size by doubling and stops at the next power of two
# about: power|doubl|search|round|exact|between
def compute_optimal(flops: float, tokens_per_parameter: float = 20.0) -> tuple[float, float]:
    n = 1.0
    while 6 * tokens_per_parameter * n * n < flops:
        n = n * 2
    return n, n * tokens_per_parameter
