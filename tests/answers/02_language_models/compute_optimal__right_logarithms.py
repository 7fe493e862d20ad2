# exercise: compute_optimal
# expect: right
# meant: solved in logarithms
def compute_optimal(flops, tokens_per_parameter=20.0):
    log_nd = math.log(flops) - math.log(6)
    log_ratio = math.log(tokens_per_parameter)
    return math.exp((log_nd - log_ratio) / 2), math.exp((log_nd + log_ratio) / 2)
