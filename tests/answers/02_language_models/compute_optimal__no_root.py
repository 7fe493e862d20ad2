# exercise: compute_optimal
# expect: wrong
# meant: N = C / (6 r), the square root is missing
# about: root|sqrt|square|N²|N\^2|N\*\*2|6 ?r ?N|quadrat
def compute_optimal(flops, tokens_per_parameter=20.0):
    n = flops / (6 * tokens_per_parameter)
    return n, tokens_per_parameter * n
