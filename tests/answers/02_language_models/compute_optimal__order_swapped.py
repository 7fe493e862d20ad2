# exercise: compute_optimal
# expect: wrong
# meant: returns (D, N)
# about: order|swap|exchang|first|parameters and tokens|interchang|other way
def compute_optimal(flops, tokens_per_parameter=20.0):
    N = math.sqrt(flops / (6 * tokens_per_parameter))
    D = tokens_per_parameter * N
    return D, N
