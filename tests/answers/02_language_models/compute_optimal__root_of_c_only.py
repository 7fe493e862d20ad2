# exercise: compute_optimal
# expect: wrong
# meant: N = sqrt(C) / (6 r), the root over the numerator only
# about: root|sqrt|bracket|parenthes|whole|under|budget|spent
def compute_optimal(flops, tokens_per_parameter=20.0):
    N = math.sqrt(flops) / (6 * tokens_per_parameter)
    return N, tokens_per_parameter * N
