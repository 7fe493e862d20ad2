# exercise: bootstrap_interval
# expect: wrong
# meant: rounds to two digits
# about: round|digit|decimal
def bootstrap_interval(values: Tensor, draws: Tensor, level: float = 0.95) -> tuple[float, float]:
    means = values[draws].mean(dim=1)
    low, high = torch.quantile(means, (1 - level) / 2), torch.quantile(means, (1 + level) / 2)
    return round(low.item(), 2), round(high.item(), 2)
