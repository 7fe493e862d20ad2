"""Stand-ins for what a learner builds in one lesson and needs in a later one; see :mod:`course.earlier`.

Each has the names and the arithmetic that its exercise asks for, and hands the work to the layer of torch that the
exercise itself does not allow. So a later lesson runs for everybody, and no solution is told.
"""

from __future__ import annotations

import importlib
from typing import Any

_HOMES = {
    ("05_attention", "MultiHeadAttention"): "course.standins.attention",
    ("05_attention", "sinusoidal_positions"): "course.standins.positions",
    ("06_transformer", "Encoder"): "course.standins.encoder",
}


def standin(lesson: str, name: str) -> Any:
    """The stand-in for an exercise.

    Raises:
        LookupError: if there is none; the message lists those that there are.
    """
    home = _HOMES.get((lesson, name))
    if home is None:
        known = ", ".join(f"{name} of {lesson}" for lesson, name in _HOMES)
        raise LookupError(f"There is no stand-in for {name} of lesson {lesson}. There are: {known}.")
    return getattr(importlib.import_module(home), name)
