"""What lesson 8's functions of evaluation are tried on: seeded, with the types of what comes back, as plain data.

Each function is the target of a ``through`` step (:mod:`course.checking.steps`). torch's generator is seeded first, so
that what draws although it should not, draws the same each time, and its sentence can be found. A result of another
form than asked for is handed on as it is: the judge says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from course.threads import threads

Answer = Callable[..., Any]


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) or (isinstance(value, Tensor) and value.numel() == 1)


@threads(1)
def interval(answer: Answer, values: Tensor, draws: Tensor, level: float | None = None) -> Any:
    """Both ends of the interval of ``answer(values, draws[, level])``, and whether they are Python floats."""
    torch.manual_seed(0)
    found = answer(values, draws) if level is None else answer(values, draws, level)
    if not isinstance(found, (tuple, list)) or len(found) != 2 or not all(map(_number, found)):
        return found
    low, high = found
    return {"low": float(low), "high": float(high), "Python floats": all(isinstance(end, float) for end in found)}


@threads(1)
def temperature(answer: Answer, logits: Tensor, labels: Tensor, gradient: bool = False) -> Any:
    """The temperature of ``answer(logits, labels)``, and whether it is a Python float.

    Args:
        gradient: whether the logits come with ``requires_grad``, as a model outside of ``no_grad`` gives them.
    """
    torch.manual_seed(0)
    given = logits.clone().requires_grad_(gradient)
    found = answer(given, labels.clone())
    if not _number(found):
        return found
    return {
        "T": float(found),
        "a Python float": isinstance(found, float),
        "logits unchanged": torch.equal(given.detach(), logits) and given.requires_grad == gradient,
    }
