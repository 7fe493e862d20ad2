# exercise: bootstrap_interval
# expect: wrong
# meant: mean plus and minus 1.96 standard errors of the draws' means, not quantiles
# about: normal|standard (error|deviation)|1\.96|quantile|percentile|symmetric
def bootstrap_interval(values: Tensor, draws: Tensor, level: float = 0.95) -> tuple[float, float]:

    means = values[draws].mean(dim=1)
    z = torch.distributions.Normal(0.0, 1.0).icdf(torch.tensor((1 + level) / 2)).item()
    spread = means.std(unbiased=False).item()
    return values.mean().item() - z * spread, values.mean().item() + z * spread
