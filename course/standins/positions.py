"""The sinusoidal table under the name of lesson 5, from the numbers that the picture of positions draws."""

from __future__ import annotations

import torch
from torch import Tensor

from course.visualizers.positions import encoding

_BASE = 10_000.0


def sinusoidal_positions(length: int, d_model: int) -> Tensor:
    """Position vectors made of sines and cosines (Vaswani et al., 2017, section 3.5).

    Args:
        length: number of positions, counted from 0.
        d_model: width of the vectors; even.

    Returns:
        (length, d_model), sines in even columns and cosines in odd ones.
    """
    rows = [[encoding(p, i, d_model, _BASE) for i in range(d_model)] for p in range(length)]
    return torch.tensor(rows, dtype=torch.float32).reshape(length, d_model)
