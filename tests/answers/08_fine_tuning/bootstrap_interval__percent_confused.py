# exercise: bootstrap_interval
# expect: wrong
# meant: np.percentile gets a share from 0 to 1 where it wants per cent
# about: percentile|per ?cent|100|0 to 100
import numpy as np


def bootstrap_interval(values: Tensor, draws: Tensor, level: float = 0.95) -> tuple[float, float]:

    means = values.numpy()[draws.numpy()].mean(axis=1)
    low, high = np.percentile(means, [(1 - level) / 2, 1 - (1 - level) / 2])
    return float(low), float(high)
