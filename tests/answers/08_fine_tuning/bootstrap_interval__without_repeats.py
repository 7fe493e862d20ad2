# exercise: bootstrap_interval
# expect: wrong
# meant: turns each draw into a set, so that an example drawn twice counts once
# about: set|twice|repeat|duplicate|unique|replacement|once
def bootstrap_interval(values: Tensor, draws: Tensor, level: float = 0.95) -> tuple[float, float]:

    means = []
    for row in draws.tolist():
        chosen = set(row)
        means.append(sum(values[place].item() for place in chosen) / len(chosen))
    low, high = torch.quantile(torch.tensor(means, dtype=torch.float64), torch.tensor([(1 - level) / 2, (1 + level) / 2], dtype=torch.float64)).tolist()
    return low, high
