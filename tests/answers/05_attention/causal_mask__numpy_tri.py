# exercise: causal_mask
# expect: wrong
# meant: returns a numpy array
# about: numpy|ndarray|tensor|type
import numpy as np

def causal_mask(length: int) -> Tensor:
    return np.tri(length, dtype=bool)
