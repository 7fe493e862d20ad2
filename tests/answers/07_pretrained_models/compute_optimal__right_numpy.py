# exercise: compute_optimal
# expect: right
# meant: numpy's root, turned back into floats
import numpy as np


def compute_optimal(flops: float, tokens_per_parameter: float = 20.0) -> tuple[float, float]:
    root = np.sqrt(np.float64(flops) / np.float64(6 * tokens_per_parameter))
    return tuple(float(x) for x in root * np.array([1.0, tokens_per_parameter]))
