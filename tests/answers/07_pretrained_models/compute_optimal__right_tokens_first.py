# exercise: compute_optimal
# expect: right
# meant: solves for the tokens first
def compute_optimal(flops: float, tokens_per_parameter: float = 20.0) -> tuple[float, float]:
    tokens = math.sqrt(tokens_per_parameter * flops / 6)
    return tokens / tokens_per_parameter, tokens
