# exercise: compute_optimal
# expect: wrong
# meant: 2 N D (reading) instead of 6 N D (training)
# about: \b6\b|six|\b2\b|backward|training|factor|budget|spent
def compute_optimal(flops, tokens_per_parameter=20.0):
    forward = 2
    n = math.sqrt(flops / (forward * tokens_per_parameter))
    return (n, tokens_per_parameter * n)
