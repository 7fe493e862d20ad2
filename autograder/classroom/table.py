"""What the screen shows of a graded class: a table, a line a submission, and a sum below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from autograder.classroom.records import Record
from autograder.classroom.screen import printable


@dataclass(frozen=True)
class Row:
    """What the table shows of a record: little enough to be kept for a class of any size.

    Attributes:
        student: who handed it in.
        score: the points earned.
        max_score: what full answers would earn.
        statuses: how many exercises have which status.
        notes: repairs and troubles, one sentence each.
    """

    student: str
    score: float
    max_score: float
    statuses: Mapping[str, int]
    notes: tuple[str, ...]

    @classmethod
    def of(cls, record: Record) -> Row:
        """The row of a record."""
        statuses = Counter(verdict.status for verdict in record.verdicts)
        return cls(record.student, record.score, record.max_score, statuses, record.notes)

    def lines(self, width: int) -> list[str]:
        """A line with the student's name in so many columns, then one for each note."""
        told = ", ".join(f"{count} {status}" for status, count in self.statuses.items())
        line = f"{printable(self.student):<{width}}  {f'{self.score:g} of {self.max_score:g}':>11}  {told}"
        return [line, *(f"{'':<{width}}  – {printable(note)}" for note in self.notes)]


def heading(width: int) -> str:
    """The line above the rows."""
    return f"{'student':<{width}}  {'score':>11}  exercises"


@dataclass
class Summary:
    """Figures about a graded class, gathered row by row.

    Attributes:
        submissions: how many.
        shares: the sum of the shares of the points that each earned.
        grader_errors: on how many the grader failed.
    """

    submissions: int = 0
    shares: float = 0.0
    grader_errors: int = 0

    def add(self, row: Row) -> None:
        """Count a row."""
        self.submissions += 1
        self.shares += row.score / row.max_score if row.max_score else 0.0
        self.grader_errors += "grader_error" in row.statuses

    @property
    def mean_share(self) -> float:
        """The mean share of the points."""
        return self.shares / self.submissions if self.submissions else 0.0
