# exercise: compute_optimal
# expect: wrong
# meant: returns whole numbers
# about: round|int\b|whole|integer|truncat|decimal|cut off
def compute_optimal(flops, tokens_per_parameter=20.0):
    N = int((flops / (6 * tokens_per_parameter)) ** 0.5)
    return N, int(N * tokens_per_parameter)
