# exercise: bootstrap_interval
# expect: wrong
# meant: ignores draws and draws new examples with torch.randint
# about: given|randint|random|own draws|ignor|anew|new (draws|examples)
def bootstrap_interval(values: Tensor, draws: Tensor, level: float = 0.95) -> tuple[float, float]:
    means = values[torch.randint(len(values), draws.shape)].mean(dim=1)
    low, high = torch.quantile(means, (1 - level) / 2), torch.quantile(means, (1 + level) / 2)
    return low.item(), high.item()
