# exercise: softmax
# expect: wrong
# meant: copied from a numpy tutorial, returns an ndarray
# about: numpy|ndarray|tensor|type
import numpy as np

def softmax(x: Tensor, dim: int = -1) -> Tensor:
    x = x.detach().numpy()
    e = np.exp(x - np.max(x, axis=dim, keepdims=True))
    return e / e.sum(axis=dim, keepdims=True)
