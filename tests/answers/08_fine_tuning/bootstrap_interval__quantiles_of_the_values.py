# exercise: bootstrap_interval
# expect: wrong
# meant: takes quantiles of all values drawn, no means at all
# about: mean of (each|a|every) draw|means of|draws. means|no means?|without (a |the )?mean|averag|one mean|not of (the )?(single )?values|single values|flatten
def bootstrap_interval(values: Tensor, draws: Tensor, level: float = 0.95) -> tuple[float, float]:
    means = values[draws].flatten()
    low, high = torch.quantile(means, (1 - level) / 2), torch.quantile(means, (1 + level) / 2)
    return low.item(), high.item()
