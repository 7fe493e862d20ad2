"""``autograder grade``: what both ways of grading share, and the stock one, nbgrader's autograder one by one."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import tempfile
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from autograder.classroom.collect import collect
from autograder.classroom.fast import grade_fast, grade_loose_fast
from autograder.classroom.folder import Classroom, Content, last_words
from autograder.classroom.handed_in import gather
from autograder.classroom.identify import UnknownStudent, student_id, student_of
from autograder.classroom.records import VERDICTS, Record, failed, read_record
from autograder.classroom.release import release
from autograder.classroom.skeleton import basis_of
from autograder.errors import AutograderError

if TYPE_CHECKING:
    from nbgrader.apps.api import NbGraderAPI

    from autograder.cluster import Cluster
    from autograder.engine.warmth import WarmProcess

Progress = Callable[[Record, bool], None]


def grade(
    classroom: Classroom, lesson: str, students: Sequence[str] = (), *, again: bool = False,
    progress: Progress = lambda record, fresh: None, engine: str = "nbgrader", jobs: int | None = None,
    accept_risk: Sequence[str] = (), begin: Callable[[int], None] = lambda count: None,
    cluster: Cluster | None = None, begun: WarmProcess | None = None,
) -> Sequence[Record]:  # fmt: skip
    """Grade the submissions of a lesson that are new or changed, and return the records of all.

    Args:
        classroom: where they were collected.
        lesson: which lesson.
        students: only these; everybody by default.
        again: grade also what is graded already.
        progress: is told each record as it comes, and whether it was graded just now.
        engine: ``"fast"``, our own, or ``"nbgrader"``, the stock one.
        jobs: how many at once on the fast engine; as many as there are cores by default.
        accept_risk: layers of the fast engine's sandbox that this machine may lack.
        begin: is told how many there are, before the first.
        cluster: a Dask cluster on whose machines the fast engine runs, instead of on this one.
        begun: a warm process for the fast engine on this machine that is starting already.

    Raises:
        AutograderError: if the lesson is not released, nothing was collected, or a student is unknown.
        KeyboardInterrupt: on Ctrl-C; what was done is saved.
    """
    lesson = classroom.lesson(lesson)
    known = classroom.students(lesson)
    if not known:
        raise AutograderError(f"Nothing was handed in for {lesson} yet: run `autograder collect {lesson} …` first.")
    for student in students:
        if student not in known:
            raise AutograderError(f"{student!r} has not handed in {lesson}. Those who have: {', '.join(known)}.")
    chosen = sorted(set(students)) if students else known
    begin(len(chosen))
    if engine == "fast":
        return grade_fast(
            classroom, lesson, chosen, again=again, jobs=jobs, accept_risk=accept_risk, progress=progress,
            cluster=cluster, begun=begun,
        )  # fmt: skip
    classroom.prepare()
    api = classroom.api()
    points = _points(api, lesson)
    records = []
    for student in chosen:
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
    lesson: str, notebooks: Sequence[Path], content: Content, progress: Progress = lambda record, fresh: None,
    engine: str = "nbgrader", jobs: int | None = None, accept_risk: Sequence[str] = (),
    begin: Callable[[int], None] = lambda count: None, cluster: Cluster | None = None,
    begun: WarmProcess | None = None,
) -> list[Record]:  # fmt: skip
    """Grade notebook files without a classroom; the arguments are those of :func:`grade`.

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
    begin(len(names))
    if engine == "fast":
        return grade_loose_fast(
            lesson, names, content, jobs=jobs, accept_risk=accept_risk, progress=progress, cluster=cluster,
            begun=begun,
        )  # fmt: skip
    with temporary_classroom() as classroom:
        release(classroom, lesson, content)
        for student, path in names.items():
            collect(classroom, lesson, [path], student)
        return list(grade(classroom, lesson, list(names), progress=progress))


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


@contextlib.contextmanager
def json_writer(path: Path) -> Iterator[Callable[[Record], None]]:
    """Write the list of submissions that ``--json`` promises, one after another; the file is there when all are.

    Raises:
        AutograderError: if it cannot be written.
    """
    fresh = path.with_name(path.name + ".new")
    try:
        with fresh.open("w", encoding="utf-8") as file:
            before = "["

            def write(record: Record) -> None:
                nonlocal before
                text = json.dumps(record.summary(), indent=2, ensure_ascii=False)
                file.write(before + "\n" + textwrap.indent(text, "  "))
                before = ","

            yield write
            file.write("]\n" if before == "," else "[]\n")
        fresh.replace(path)
    except OSError as error:
        raise AutograderError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink()


def write_json(records: Iterable[Record], path: Path) -> None:
    """Write records as ``--json`` promises them."""
    with json_writer(path) as write:
        for record in records:
            write(record)
