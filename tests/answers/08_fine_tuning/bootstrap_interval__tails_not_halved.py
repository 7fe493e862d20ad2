# exercise: bootstrap_interval
# expect: wrong
# meant: cuts off 1 - level on either side instead of half of it
# about: half|halve|either side|each side|both sides|/ ?2|tail
def bootstrap_interval(values: Tensor, draws: Tensor, level: float = 0.95) -> tuple[float, float]:
    means = values[draws].mean(dim=1)
    low, high = torch.quantile(means, 1 - level), torch.quantile(means, level)
    return low.item(), high.item()
