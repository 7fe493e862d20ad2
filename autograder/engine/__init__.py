"""The grading engine: a warm process forks once for every submission, and the verdicts are made outside of it.

>>> with Engine(workers=2) as engine:                                              # doctest: +SKIP
...     for result in engine.run(jobs):
...         print(result.student, sum(v.points for v in result.verdicts.values()))
"""

from autograder.engine.model import Job, Limits, Policy, Result, job_of
from autograder.engine.supervisor import Engine

__all__ = ["Engine", "Job", "Limits", "Policy", "Result", "job_of"]
