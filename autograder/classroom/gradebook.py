"""Writing scores to nbgrader's gradebook, a batch of submissions in one transaction.

The tables are nbgrader's, and so is what is written where: this does for many submissions at once what its
``Autograde``, ``SaveAutoGrades`` and ``AssignLatePenalties`` do for one with a commit a cell. Scores and comments that
a person gave are never touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    Notebook,
    SourceCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from sqlalchemy import Connection, Table, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError

from autograder.classroom import ledger
from autograder.errors import AutograderError

#: Gives the penalty for a late submission: of whom, with which score, how many seconds late.
Penalty = Callable[[str, float, float], float | None]
_TRIES = 3


def _table(model: Any) -> Table:
    table: Table = model.__table__
    return table


STUDENTS, SUBMISSIONS, NOTEBOOKS = _table(Student), _table(SubmittedAssignment), _table(SubmittedNotebook)
GRADES, COMMENTS = _table(Grade), _table(Comment)


@dataclass(frozen=True)
class Entry:
    """What a graded submission brings to the gradebook.

    Attributes:
        student: whose it is.
        timestamp: when it came, in UTC without a zone; ``None`` where nobody knows.
        scores: ``{grade_id: automatic score}``; ``None`` where a person has to grade.
        comments: ``{grade_id: automatic comment}``.
        look: cells that a person should look at although they have a score.
        key: for the ledger; empty where the next run should try again.
    """

    student: str
    timestamp: datetime | None
    scores: Mapping[str, float | None]
    comments: Mapping[str, str | None]
    look: frozenset[str] = frozenset()
    key: str = ""


@dataclass(frozen=True)
class KnownCell:
    """What the gradebook knows of a cell of the release."""

    cell_type: str
    locked: bool
    checksum: str
    points: float | None = None


class Book:
    """The gradebook of one lesson.

    Args:
        gradebook: nbgrader's; closed by whoever opened it.
        lesson: the assignment, with the notebook of the same name.
        penalty: of late submissions.

    Raises:
        AutograderError: if the gradebook does not know the lesson as ``autograder release`` makes it.
    """

    def __init__(self, gradebook: Gradebook, lesson: str, penalty: Penalty) -> None:
        self._engine, self._lesson, self._penalty = gradebook.engine, lesson, penalty
        ledger.prepare(self._engine)
        with self._engine.connect() as connection:
            assignment = connection.execute(
                select(_table(Assignment).c.id, _table(Assignment).c.duedate).where(_table(Assignment).c.name == lesson)
            ).first()
            if assignment is None:
                raise AutograderError(f"The gradebook does not know {lesson}: run `autograder release {lesson}` again.")
            self._assignment, self._due = assignment
            columns = _table(Notebook).c
            notebooks = connection.execute(
                select(columns.id, columns.name, columns.kernelspec).where(columns.assignment_id == self._assignment)
            ).all()
            if [row.name for row in notebooks] != [lesson]:
                raise AutograderError(
                    f"The assignment {lesson} has notebooks beside {lesson}.ipynb in the gradebook: grade it with "
                    "--engine nbgrader."
                )
            self._notebook, _, self.kernelspec = notebooks[0]
            self._read_cells(connection)

    def _read_cells(self, connection: Connection) -> None:
        cell, graded, source = _table(BaseCell).c, _table(GradeCell).c, _table(SourceCell).c
        rows = connection.execute(select(cell.id, cell.name, cell.type).where(cell.notebook_id == self._notebook)).all()
        #: ``{grade_id: cell}`` of the cells that have a grade, and of those that have a comment.
        self._graded = {row.name: row.id for row in rows if row.type in ("GradeCell", "TaskCell")}
        self._commented = {row.name: row.id for row in rows if row.type in ("SolutionCell", "TaskCell")}
        points = dict(
            connection.execute(
                select(cell.name, graded.max_score).where(cell.id == graded.id, cell.notebook_id == self._notebook)
            ).all()
        )
        #: ``{grade_id: what is known of the cell}``.
        self.cells = {
            row.name: KnownCell(row.cell_type, row.locked, row.checksum, points.get(row.name))
            for row in connection.execute(
                select(source.name, source.cell_type, source.locked, source.checksum).where(
                    source.notebook_id == self._notebook
                )
            )
        }

    def keys(self) -> dict[str, str]:
        """``{student: key}`` of what the ledger has."""
        with self._engine.connect() as connection:
            return ledger.keys_of(connection, self._lesson)

    def forget(self, students: Iterable[str]) -> None:
        """Strike students out of the ledger."""
        with self._engine.begin() as connection:
            ledger.forget(connection, self._lesson, students)

    def write(self, batch: Sequence[Entry]) -> None:
        """Write a batch, and the ledger with it: all of it or nothing.

        Raises:
            AutograderError: if the database cannot be written.
        """
        if not batch:
            return
        for left in reversed(range(_TRIES)):
            try:
                with self._engine.begin() as connection:
                    self._write(connection, batch)
                return
            except IntegrityError:
                # Somebody else, Formgrader perhaps, made one of the rows meanwhile: now it is there to be changed.
                if not left:
                    raise
            except OperationalError as error:
                # SQLite is locked, or a server has hung up or ended one of two transactions that waited for each other.
                if not left:
                    said = str(error.orig).strip().splitlines() or [type(error.orig).__name__]
                    raise AutograderError(
                        f"The gradebook cannot be written ({said[0]}): see to its database, close what else uses it, "
                        "and run this again."
                    ) from error

    def _write(self, connection: Connection, batch: Sequence[Entry]) -> None:
        names = [entry.student for entry in batch]
        known = set(connection.scalars(select(STUDENTS.c.id).where(STUDENTS.c.id.in_(names))))
        _insert(connection, STUDENTS, [{"id": name} for name in names if name not in known])
        submissions, extensions = self._submissions(connection, batch)
        notebooks = self._notebooks(connection, submissions)
        totals = self._write_grades(connection, batch, notebooks)
        self._write_comments(connection, batch, notebooks)
        penalties = [
            {"i": notebooks[entry.student], "penalty": self._late(entry, totals[entry.student], extensions)}
            for entry in batch
        ]
        connection.execute(
            update(NOTEBOOKS).where(NOTEBOOKS.c.id == bindparam("i")).values(
                late_submission_penalty=bindparam("penalty")
            ),
            penalties,
        )  # fmt: skip
        ledger.remember(connection, self._lesson, {entry.student: entry.key for entry in batch})

    def _submissions(
        self, connection: Connection, batch: Sequence[Entry]
    ) -> tuple[dict[str, str], dict[str, tuple[datetime | None, timedelta | None]]]:
        """``{student: submission}``, and of each when it came and how much longer it had."""
        c = SUBMISSIONS.c
        rows = connection.execute(
            select(c.id, c.student_id, c.timestamp, c.extension).where(
                c.assignment_id == self._assignment, c.student_id.in_([entry.student for entry in batch])
            )
        ).all()
        found = {row.student_id: row for row in rows}
        fresh, changed, ids, times = [], [], {}, {}
        for entry in batch:
            row = found.get(entry.student)
            ids[entry.student] = row.id if row is not None else new_uuid()
            timestamp = entry.timestamp or (row.timestamp if row is not None else None)
            times[entry.student] = (timestamp, row.extension if row is not None else None)
            if row is None:
                fresh.append({
                    "id": ids[entry.student], "assignment_id": self._assignment, "student_id": entry.student,
                    "timestamp": timestamp,
                })  # fmt: skip
            elif row.timestamp != timestamp:
                changed.append({"i": row.id, "time": timestamp})
        _insert(connection, SUBMISSIONS, fresh)
        if changed:
            connection.execute(
                update(SUBMISSIONS).where(c.id == bindparam("i")).values(timestamp=bindparam("time")), changed
            )
        return ids, times

    def _notebooks(self, connection: Connection, submissions: Mapping[str, str]) -> dict[str, str]:
        c = NOTEBOOKS.c
        rows = connection.execute(
            select(c.id, c.assignment_id).where(
                c.notebook_id == self._notebook, c.assignment_id.in_(submissions.values())
            )
        )
        found = {row.assignment_id: row.id for row in rows}
        fresh = []
        for submission in submissions.values():
            if submission not in found:
                found[submission] = new_uuid()
                fresh.append({
                    "id": found[submission], "assignment_id": submission, "notebook_id": self._notebook,
                    "flagged": False,
                })  # fmt: skip
        _insert(connection, NOTEBOOKS, fresh)
        return {student: found[submission] for student, submission in submissions.items()}

    def _write_grades(
        self, connection: Connection, batch: Sequence[Entry], notebooks: Mapping[str, str]
    ) -> dict[str, float]:
        """Write automatic scores; returns each student's score, in which a person's score counts before ours."""
        c = GRADES.c
        rows = connection.execute(
            select(c.id, c.notebook_id, c.cell_id, c.auto_score, c.manual_score, c.extra_credit).where(
                c.notebook_id.in_(notebooks.values())
            )
        )
        found = {(row.notebook_id, row.cell_id): row for row in rows}
        made, changed, totals = [], [], {}
        for entry in batch:
            notebook, total = notebooks[entry.student], 0.0
            for name, cell in self._graded.items():
                row = found.get((notebook, cell))
                score = entry.scores.get(name, row.auto_score if row is not None else None)
                manual = row.manual_score if row is not None else None
                # As SaveAutoGrades: whatever a person graded is to be looked at again.
                look = manual is not None or score is None or name in entry.look
                if row is None:
                    made.append({
                        "id": new_uuid(), "notebook_id": notebook, "cell_id": cell, "auto_score": score,
                        "needs_manual_grade": look,
                    })  # fmt: skip
                elif name in entry.scores:
                    changed.append({"i": row.id, "score": score, "look": look})
                counted = score if manual is None else manual
                if counted is not None:
                    total += counted + ((row.extra_credit or 0.0) if row is not None else 0.0)
            totals[entry.student] = total
        _insert(connection, GRADES, made)
        if changed:
            statement = update(GRADES).where(c.id == bindparam("i"))
            connection.execute(
                statement.values(auto_score=bindparam("score"), needs_manual_grade=bindparam("look")), changed
            )
        return totals

    def _write_comments(self, connection: Connection, batch: Sequence[Entry], notebooks: Mapping[str, str]) -> None:
        c = COMMENTS.c
        rows = connection.execute(
            select(c.id, c.notebook_id, c.cell_id, c.auto_comment).where(c.notebook_id.in_(notebooks.values()))
        )
        found = {(row.notebook_id, row.cell_id): row for row in rows}
        made, changed = [], []
        for entry in batch:
            notebook = notebooks[entry.student]
            for name, cell in self._commented.items():
                row, comment = found.get((notebook, cell)), entry.comments.get(name)
                if row is None:
                    made.append({"id": new_uuid(), "notebook_id": notebook, "cell_id": cell, "auto_comment": comment})
                elif name in entry.comments and row.auto_comment != comment:
                    changed.append({"i": row.id, "comment": comment})
        _insert(connection, COMMENTS, made)
        if changed:
            statement = update(COMMENTS).where(c.id == bindparam("i"))
            connection.execute(statement.values(auto_comment=bindparam("comment")), changed)

    def _late(
        self, entry: Entry, score: float, times: Mapping[str, tuple[datetime | None, timedelta | None]]
    ) -> float | None:
        timestamp, extension = times[entry.student]
        if timestamp is None or self._due is None:
            return None
        late = (timestamp - (self._due + (extension or timedelta()))).total_seconds()
        return self._penalty(entry.student, score, late) if late > 0 else None


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)
