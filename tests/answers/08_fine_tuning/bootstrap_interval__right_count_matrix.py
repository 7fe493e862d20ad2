# exercise: bootstrap_interval
# expect: right
# meant: counts how often each example comes in each draw, and multiplies the counts by the values
def bootstrap_interval(values: Tensor, draws: Tensor, level: float = 0.95) -> tuple[float, float]:

    counts = torch.zeros(len(draws), len(values), dtype=torch.float64)
    counts.scatter_add_(1, draws.long(), torch.ones(draws.shape, dtype=torch.float64))
    means = (counts @ values.to(torch.float64)) / draws.shape[1]
    tail = (1 - level) / 2
    low, high = means.quantile(torch.tensor([tail, 1 - tail], dtype=torch.float64)).tolist()
    return low, high
