# exercise: compute_optimal
# expect: wrong
# meant: // below the root
# about: //|integer division|floor|whole|round|truncat|cut off|down
def compute_optimal(flops, tokens_per_parameter=20.0):
    n = (flops // (6 * tokens_per_parameter)) ** 0.5
    return n, n * tokens_per_parameter
