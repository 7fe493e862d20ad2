"""The grading engine: a warm process forks once for every submission, and the verdicts are made outside of it.

>>> with Engine(workers=2) as engine:                                              # doctest: +SKIP
...     for result in engine.run(jobs):
...         print(result.student, sum(v.points for v in result.verdicts.values()))
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.engine.model import Job, Limits, Policy, Result, job_of
    from autograder.engine.supervisor import Engine

__all__ = ["Engine", "Job", "Limits", "Policy", "Result", "job_of"]


def __getattr__(name: str) -> Any:
    # The warm process imports from this package, too, and comes up sooner without the supervisor's side.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{'supervisor' if name == 'Engine' else 'model'}"), name)
