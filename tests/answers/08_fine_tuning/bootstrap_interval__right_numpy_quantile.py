# exercise: bootstrap_interval
# expect: right
# meant: numpy: fancy indexing, mean over axis 1, np.quantile
import numpy as np


def bootstrap_interval(values: Tensor, draws: Tensor, level: float = 0.95) -> tuple[float, float]:

    drawn = np.take(values.detach().double().cpu().numpy(), draws.cpu().numpy())
    cut = 0.5 * (1 - level)
    return tuple(float(x) for x in np.quantile(drawn.mean(axis=1), [cut, 1 - cut]))
