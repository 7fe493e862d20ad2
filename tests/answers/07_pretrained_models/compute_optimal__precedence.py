# exercise: compute_optimal
# expect: wrong
# meant: C / 6 * r instead of C / (6 r)
# about: parenthes|bracket|divid|precedence|multipl|6 ?r\b
def compute_optimal(flops: float, tokens_per_parameter: float = 20.0) -> tuple[float, float]:
    n = math.sqrt(flops / 6 * tokens_per_parameter)
    return n, tokens_per_parameter * n
