# exercise: compute_optimal
# expect: wrong
# meant: shares C/6 in proportion 1 : r by addition, as if C = 6 (N + D)
# about: product|multipl|times|sum\b|add|6 ?N ?D|budget|root|sqrt|plus
def compute_optimal(flops, tokens_per_parameter=20.0):
    total = flops / 6
    n = total / (1 + tokens_per_parameter)
    return n, total - n
