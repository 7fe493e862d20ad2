# exercise: compute_optimal
# expect: wrong
# meant: N = sqrt(C / 6) / r, the ratio outside the root; D from the ratio, so the budget is not spent
# about: root|sqrt|ratio|bracket|parenthes|budget|spent|6 ?N ?D
def compute_optimal(flops, tokens_per_parameter=20.0):
    n = math.sqrt(flops / 6) / tokens_per_parameter
    d = n * tokens_per_parameter
    return n, d
