# exercise: sinusoidal_positions
# expect: wrong
# meant: returns a float64 numpy array
# about: numpy|ndarray|tensor|type
import numpy as np

def sinusoidal_positions(length: int, d_model: int) -> Tensor:
    p = np.arange(length)[:, None]
    j = np.arange(d_model)[None]
    angles = p / np.power(10000, 2 * (j // 2) / d_model)
    angles[:, 0::2] = np.sin(angles[:, 0::2])
    angles[:, 1::2] = np.cos(angles[:, 1::2])
    return angles
