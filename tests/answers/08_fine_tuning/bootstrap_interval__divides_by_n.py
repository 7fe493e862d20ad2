# exercise: bootstrap_interval
# expect: wrong
# meant: divides the sum of a draw by the number of values instead of the length of the draw
# about: length of (the|a|each) draw|\bm\b|len\(values\)|divi|number of (values|examples)|size of
def bootstrap_interval(values: Tensor, draws: Tensor, level: float = 0.95) -> tuple[float, float]:
    means = values[draws].sum(dim=1) / len(values)
    low, high = torch.quantile(means, (1 - level) / 2), torch.quantile(means, (1 + level) / 2)
    return low.item(), high.item()
