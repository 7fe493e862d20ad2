# exercise: compute_optimal
# expect: wrong
# meant: takes the ratio as parameters for each token
# about: ratio|D ?/ ?N|N ?/ ?D|invert|upside|swap|exchang|tokens (for each|per) parameter
def compute_optimal(flops: float, tokens_per_parameter: float = 20.0) -> tuple[float, float]:
    d = math.sqrt(flops / (6 * tokens_per_parameter))
    n = tokens_per_parameter * d
    return n, d
