# exercise: bootstrap_interval
# expect: wrong
# meant: picks the sorted means at int(quantile * number), no interpolation
# about: interpolat|between neighbours|index|nearest|int\(
def bootstrap_interval(values: Tensor, draws: Tensor, level: float = 0.95) -> tuple[float, float]:

    means = sorted(values[draws].mean(dim=1).tolist())
    cut = (1 - level) / 2
    low = means[int(cut * len(means))]
    high = means[min(int((1 - cut) * len(means)), len(means) - 1)]
    return low, high
