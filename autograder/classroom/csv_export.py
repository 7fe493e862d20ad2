"""The gradebook as CSV that a spreadsheet shows and does not execute."""

from __future__ import annotations

import csv
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins.export import ExportPlugin

#: nbgrader's own columns, in its order.
COLUMNS = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email", "raw_score",
    "late_submission_penalty", "score", "max_score",
)  # fmt: skip
#: With which a spreadsheet lets a formula begin, in both widths.
_FORMULA = tuple("=+-@＝＋－＠")


class SafeCsvExport(ExportPlugin):
    """nbgrader's CSV export, with names quoted and made text.

    nbgrader joins the columns with commas: a comma in a name moves the score to another column, and a name like
    ``=cmd|…`` is run by the spreadsheet that opens the file (OWASP, "CSV Injection"). Names come from course
    management systems, and there often from the students.
    """

    def export(self, gradebook: Gradebook) -> None:
        """Write the scores of all students, or of the chosen ones, to ``self.to``."""
        students = [student for student in gradebook.students if not self.student or student.id in self.student]
        with open(self.to or "grades.csv", "w", encoding="utf-8", newline="") as file:
            rows = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            rows.writeheader()
            for assignment in gradebook.assignments:
                if not self.assignment or assignment.name in self.assignment:
                    rows.writerows(_row(gradebook, assignment, student) for student in students)


def _row(gradebook: Gradebook, assignment: Any, student: Any) -> dict[str, Any]:
    row = {
        "assignment": assignment.name, "duedate": assignment.duedate, "student_id": student.id,
        "last_name": student.last_name, "first_name": student.first_name, "email": student.email,
    }  # fmt: skip
    row = {column: as_text(str(value)) if value is not None else "" for column, value in row.items()}
    try:
        submission = gradebook.find_submission(assignment.name, student.id)
    except MissingEntry:
        return row | {
            "timestamp": "", "raw_score": 0.0, "late_submission_penalty": 0.0, "score": 0.0,
            "max_score": assignment.max_score,
        }  # fmt: skip
    penalty = submission.late_submission_penalty
    return row | {
        "timestamp": submission.timestamp, "raw_score": submission.score, "late_submission_penalty": penalty,
        "score": max(0.0, submission.score - penalty), "max_score": assignment.max_score,
    }  # fmt: skip


def as_text(cell: str) -> str:
    """A cell in one line that no spreadsheet takes for a formula."""
    line = " ".join(cell.split())
    return "'" + line if line.startswith(_FORMULA) else line
