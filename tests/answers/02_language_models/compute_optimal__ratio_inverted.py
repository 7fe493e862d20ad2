# exercise: compute_optimal
# expect: wrong
# meant: takes the ratio for N / D
# about: ratio|invert|D ?/ ?N|N ?/ ?D|tokens per parameter|upside|other way|more tokens|revers|inverse
def compute_optimal(flops, tokens_per_parameter=20.0):
    D = (flops / 6 / tokens_per_parameter) ** 0.5
    N = tokens_per_parameter * D
    return N, D
