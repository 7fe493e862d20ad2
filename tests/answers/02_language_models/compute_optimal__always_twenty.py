# exercise: compute_optimal
# expect: wrong
# meant: 20 hard-coded, the argument is ignored
# about: tokens_per_parameter|20|ratio|argument|hard|ignor|fixed|default
def compute_optimal(flops, tokens_per_parameter=20.0):
    N = math.sqrt(flops / 120)
    return N, 20 * N
