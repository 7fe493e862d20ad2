# exercise: bootstrap_interval
# expect: wrong
# meant: averages down the columns, so there is one mean a place instead of one a draw
# about: dim|axis|row|column|each draw
def bootstrap_interval(values: Tensor, draws: Tensor, level: float = 0.95) -> tuple[float, float]:
    means = values[draws].mean(dim=0)
    low, high = torch.quantile(means, (1 - level) / 2), torch.quantile(means, (1 + level) / 2)
    return low.item(), high.item()
