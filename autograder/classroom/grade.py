"""``autograder grade``: nbgrader's autograder over a lesson, submission by submission; none stops the others."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from autograder.classroom.collect import collect
from autograder.classroom.folder import Classroom, Content, last_words
from autograder.classroom.handed_in import gather
from autograder.classroom.identify import UnknownStudent, student_id, student_of
from autograder.classroom.records import VERDICTS, Record, failed, read_record
from autograder.classroom.release import release
from autograder.classroom.skeleton import basis_of
from autograder.errors import AutograderError

if TYPE_CHECKING:
    from nbgrader.apps.api import NbGraderAPI

Progress = Callable[[Record, bool], None]


def grade(
    classroom: Classroom, lesson: str, students: Sequence[str] = (), *, again: bool = False,
    progress: Progress = lambda record, fresh: None,
) -> list[Record]:  # fmt: skip
    """Grade the submissions of a lesson that are new or changed, and return the records of all.

    Args:
        classroom: where they were collected.
        lesson: which lesson.
        students: only these; everybody by default.
        again: grade also what is graded already.
        progress: is told each record as it comes, and whether it was graded just now.

    Raises:
        AutograderError: if the lesson is not released, nothing was collected, or a student is unknown.
    """
    lesson = classroom.lesson(lesson)
    known = classroom.students(lesson)
    if not known:
        raise AutograderError(f"Nothing was handed in for {lesson} yet: run `autograder collect {lesson} …` first.")
    for student in students:
        if student not in known:
            raise AutograderError(f"{student!r} has not handed in {lesson}. Those who have: {', '.join(known)}.")
    classroom.prepare()
    api = classroom.api()
    points = _points(api, lesson)
    records = []
    for student in students or known:
        record = None if again else _graded_before(classroom, student, lesson)
        fresh = record is None
        if record is None:
            record = _grade_one(classroom, api, student, lesson, points)
        records.append(record)
        progress(record, fresh)
    return records


def _points(api: NbGraderAPI, lesson: str) -> dict[str, float]:
    """``{exercise: points}`` as the release has them."""
    from autograder.classroom.exporter import skeleton_of

    root = Path(api.coursedir.root)
    skeleton = skeleton_of(root / "release" / lesson / f"{lesson}.ipynb", root / "releases" / lesson)
    return {exercise.name: exercise.points for exercise in skeleton.exercises.values()}


def _graded_before(classroom: Classroom, student: str, lesson: str) -> Record | None:
    """The record of a submission that needs no grading: neither it nor the keys have changed since."""
    try:
        record = read_record(classroom.autograded(student, lesson) / VERDICTS)
        graded, handed_in = (
            (folder / "timestamp.txt").read_text(encoding="utf-8")
            for folder in (classroom.autograded(student, lesson), classroom.submitted(student, lesson))
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    current = graded == handed_in and record.basis == basis_of(classroom.keys(lesson))
    return record if current and not record.has_grader_error else None


def _grade_one(classroom: Classroom, api: NbGraderAPI, student: str, lesson: str, points: dict[str, float]) -> Record:
    try:
        _complete(classroom, student, lesson)
        result = api.autograde(lesson, student)
        if result["success"]:
            record = read_record(classroom.autograded(student, lesson) / VERDICTS)
        else:
            record = failed(student, lesson, points, f"nbgrader failed: {last_words(result)}")
    except Exception as error:  # whatever went wrong with this one, the next one is graded
        record = failed(student, lesson, points, f"{type(error).__name__}: {error}")
    if record.has_grader_error:
        with contextlib.suppress(Exception):
            _note_in_gradebook(api, record)
    return record


def _complete(classroom: Classroom, student: str, lesson: str) -> None:
    """nbgrader passes over a submission without a notebook, and leaves its grade empty; so there is always one."""
    target = classroom.submitted(student, lesson) / f"{lesson}.ipynb"
    if target.is_dir():
        raise AutograderError(f"{target} is a folder and should be a notebook")
    if not target.exists():
        target.write_bytes(b"")


def _note_in_gradebook(api: NbGraderAPI, record: Record) -> None:
    """A zero instead of an empty grade, and the mark by which Formgrader shows it as needing a look."""
    failures = {verdict.exercise for verdict in record.verdicts if verdict.status == "grader_error"}
    with api.gradebook as gradebook:
        gradebook.update_or_create_student(record.student)
        submission = gradebook.update_or_create_submission(record.lesson, record.student)
        for notebook in submission.notebooks:
            for grade in notebook.grades:
                if grade.name.removeprefix("check-").replace("-", "_") in failures:
                    grade.auto_score = 0.0
                    grade.needs_manual_grade = True
            for comment in notebook.comments:
                if comment.name in failures:
                    comment.auto_comment = "The grader failed on this exercise; it needs a look by hand."
        gradebook.db.commit()


@contextlib.contextmanager
def temporary_classroom() -> Iterator[Classroom]:
    """A classroom that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="classroom-"))
    try:
        yield Classroom(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def grade_loose(
    lesson: str, notebooks: Sequence[Path], content: Content, progress: Progress = lambda record, fresh: None
) -> list[Record]:
    """Grade notebook files without a classroom.

    Raises:
        AutograderError: if the lesson is not built, or a file is no notebook file.
    """
    lesson = content.lesson(lesson)
    names: dict[str, Path] = {}
    for path in notebooks:
        if path.is_dir() or path.suffix.lower() != ".ipynb":
            raise AutograderError(
                f"{path} is no notebook file (.ipynb): folders and zips are collected first, with `autograder collect`."
            )
        if gather(path).problems:
            raise AutograderError(gather(path).problems[0])
        names[_free(_loose_student(path, lesson), names)] = path
    with temporary_classroom() as classroom:
        release(classroom, lesson, content)
        for student, path in names.items():
            collect(classroom, lesson, [path], student)
        return grade(classroom, lesson, list(names), progress=progress)


def _loose_student(path: Path, lesson: str) -> str:
    try:
        return student_of(PurePosixPath(path.as_posix()), lesson, name_first=True)
    except UnknownStudent:
        return student_id(re.sub(r"\W+", "_", path.stem).strip("_")[:60] or "unnamed")


def _free(name: str, taken: Iterable[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def write_json(records: Sequence[Record], path: Path) -> None:
    """Write the list of submissions that ``--json`` promises."""
    text = json.dumps([record.summary() for record in records], indent=2, ensure_ascii=False) + "\n"
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise AutograderError(f"{path} cannot be written: {error.strerror}.") from error


def table(records: Sequence[Record]) -> str:
    """The records for the screen: one line a submission, then what was said of it."""
    width = max([len(record.student) for record in records] + [7])
    lines = [f"{'student':<{width}}  {'score':>11}  exercises"]
    for record in records:
        statuses: dict[str, int] = {}
        for verdict in record.verdicts:
            statuses[verdict.status] = statuses.get(verdict.status, 0) + 1
        told = ", ".join(f"{count} {status}" for status, count in statuses.items())
        lines.append(f"{record.student:<{width}}  {f'{record.score:g} of {record.max_score:g}':>11}  {told}")
        lines += [f"{'':<{width}}  – {note}" for note in record.notes]
    return "\n".join(lines)


def grade_summary(records: Sequence[Record]) -> dict[str, Any]:
    """Figures about a graded class: how many submissions, the mean share of the points, grader errors."""
    shares = [record.score / record.max_score for record in records if record.max_score]
    return {
        "submissions": len(records),
        "mean_share": sum(shares) / len(shares) if shares else 0.0,
        "grader_errors": sum(record.has_grader_error for record in records),
    }
