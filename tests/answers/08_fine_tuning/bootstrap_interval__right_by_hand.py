# exercise: bootstrap_interval
# expect: right
# meant: Python loops, sorted means and linear interpolation by hand; a list comes back
def bootstrap_interval(values: Tensor, draws: Tensor, level: float = 0.95) -> tuple[float, float]:

    numbers = values.tolist()
    means = sorted(math.fsum(numbers[place] for place in row) / len(row) for row in draws.tolist())

    def quantile(share):
        place = share * (len(means) - 1)
        below = min(math.floor(place), len(means) - 1)
        above = min(below + 1, len(means) - 1)
        return means[below] + (place - below) * (means[above] - means[below])

    return [quantile((1 - level) / 2), quantile(1 - (1 - level) / 2)]
