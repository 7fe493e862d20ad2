# exercise: bootstrap_interval
# expect: wrong
# meant: quantiles 0.025 and 0.975, whatever level says
# about: level|0\.025|0\.975|hard[- ]coded|fixed
def bootstrap_interval(values: Tensor, draws: Tensor, level: float = 0.95) -> tuple[float, float]:
    means = values[draws].mean(dim=1)
    low, high = torch.quantile(means, 0.025), torch.quantile(means, 0.975)
    return low.item(), high.item()
