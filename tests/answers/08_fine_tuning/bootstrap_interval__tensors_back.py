# exercise: bootstrap_interval
# expect: wrong
# meant: returns two tensors of no dimension instead of floats
# about: tensor|float|item\(|type
def bootstrap_interval(values: Tensor, draws: Tensor, level: float = 0.95) -> tuple[float, float]:
    means = values[draws].mean(dim=1)
    low, high = torch.quantile(means, (1 - level) / 2), torch.quantile(means, (1 + level) / 2)
    return low, high
