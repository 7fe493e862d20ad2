# exercise: compute_optimal
# expect: wrong
# meant: tokens by a formula of their own with the six outside of the root
# about: \b6\b|six|root|tokens.*(ratio|r ?N|times)|D ?= ?r
def compute_optimal(flops: float, tokens_per_parameter: float = 20.0) -> tuple[float, float]:
    n = math.sqrt(flops / 6 / tokens_per_parameter)
    d = math.sqrt(flops * tokens_per_parameter) / 6
    return n, d
