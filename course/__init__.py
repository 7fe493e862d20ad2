"""LLM from Zero: the part that a learner imports.

``from course import check, hint`` is all that a lesson needs. Everything heavy (torch, transformers, datasets,
pictures) is imported by the module that needs it, so that this import stays quick.
"""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.checking.check import check, hint
    from course.earlier import bring
    from course.resources import load_bert, load_reviews, load_sentiment, resource

__all__ = ["bring", "check", "hint", "load_bert", "load_reviews", "load_sentiment", "resource"]

_HOMES = {
    "bring": "course.earlier",
    "check": "course.checking.check",
    "hint": "course.checking.check",
    "load_bert": "course.resources",
    "load_reviews": "course.resources",
    "load_sentiment": "course.resources",
    "resource": "course.resources",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'course' has no attribute {name!r}")
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    if name == "check":
        _answer_name_errors()
    return value


def _answer_name_errors() -> None:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is not None:
        from course.checking.names import answer_name_errors

        answer_name_errors(shell)
