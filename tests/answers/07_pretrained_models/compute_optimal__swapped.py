# exercise: compute_optimal
# expect: wrong
# meant: returns (tokens, parameters)
# about: order|swap|exchang|first|N, D|D, N|parameters and tokens|parameters, then tokens
def compute_optimal(flops: float, tokens_per_parameter: float = 20.0) -> tuple[float, float]:
    n = math.sqrt(flops / (6 * tokens_per_parameter))
    d = tokens_per_parameter * n
    return d, n
