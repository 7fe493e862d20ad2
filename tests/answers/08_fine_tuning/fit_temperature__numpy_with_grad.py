# exercise: fit_temperature
# expect: wrong
# meant: logits.numpy() fails when they require a gradient
# about: requires_grad|grad|detach|numpy
import numpy as np
from scipy.optimize import minimize_scalar


def fit_temperature(logits: Tensor, labels: Tensor) -> float:

    z, y = logits.numpy().astype(float), labels.numpy()

    def loss(log_T):
        scaled = z / np.exp(log_T)
        top = scaled.max(axis=1, keepdims=True)
        return (np.log(np.exp(scaled - top).sum(axis=1)) + top[:, 0] - scaled[np.arange(len(y)), y]).mean()

    found = minimize_scalar(loss, bounds=(np.log(0.05), np.log(20)), method="bounded", options={"xatol": 1e-6})
    return float(np.exp(found.x))
