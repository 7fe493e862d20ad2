"""The verdict: what a judge says of an answer. It shows as a card and reads as a number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

STATUSES = (
    "pass", "partial", "fail", "error", "timeout", "memory", "crash", "tampered", "malformed", "missing",
    "grader_error",
)  # fmt: skip


@dataclass(frozen=True)
class CaseResult:
    """What came of one case.

    Attributes:
        name: the case's name.
        hidden: whether only the grader knows its values.
        passed: whether the answer was right.
        message: what differs, in a sentence; empty where it passed.
        expected: the expected value as plain data, only for visible cases that failed.
        received: the answer's value as plain data, likewise.
        shown: whether ``expected`` and ``received`` are filled (either may be ``None``, a value like any other).
    """

    name: str
    hidden: bool
    passed: bool
    message: str = ""
    expected: Any = None
    received: Any = None
    shown: bool = False


@dataclass(frozen=True)
class Verdict:
    """The outcome of one exercise.

    Attributes:
        exercise: its name.
        points: earned, 0 to ``max_points``.
        max_points: what a full answer earns.
        status: one of :data:`STATUSES`; an unfinished stub is ``"missing"``.
        misconception: the name of the misconception that explains the result, if one does.
        message: one or two sentences, as a tutor would say them.
        next_step: what to do now.
        cases: one result a case.
    """

    exercise: str
    points: float
    max_points: float
    status: str
    message: str
    next_step: str = ""
    misconception: str | None = None
    cases: tuple[CaseResult, ...] = field(default=())

    def __repr__(self) -> str:
        # A number alone: nbgrader reads the plain text of a check cell's result as the points it earned.
        return repr(float(self.points))

    def __float__(self) -> float:
        return float(self.points)

    def __str__(self) -> str:
        from course.checking.card import text_card

        return text_card(self)

    def _repr_html_(self) -> str:
        from course.checking.card import html_card

        return html_card(self)

    def to_json(self) -> dict[str, Any]:
        """As JSON-able data."""
        return {**vars(self), "cases": [dict(vars(case)) for case in self.cases]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Verdict:
        """Read a verdict back."""
        return cls(**{**data, "cases": tuple(CaseResult(**case) for case in data["cases"])})
