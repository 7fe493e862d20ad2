# exercise: bootstrap_interval
# expect: wrong
# meant: the reflected (basic) interval, 2 * mean - quantile
# about: reflect|basic|pivot|2 ?\*|mirror|twice|percentile interval
def bootstrap_interval(values: Tensor, draws: Tensor, level: float = 0.95) -> tuple[float, float]:

    means = values[draws].mean(dim=1)
    centre = values.mean().item()
    cut = (1 - level) / 2
    return 2 * centre - torch.quantile(means, 1 - cut).item(), 2 * centre - torch.quantile(means, cut).item()
