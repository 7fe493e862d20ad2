"""Honest work on every lesson earns the same on the engine as on nbgrader's own way, to the cause that is named.

``python -m tests.autograder.classroom.test_every_lesson 20`` compares larger classes, lesson by lesson.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest

from autograder.build.builder import read_source
from autograder.classroom.collect import collect
from autograder.classroom.folder import Classroom, Content
from autograder.classroom.grade import grade
from autograder.classroom.records import Record
from autograder.classroom.release import release
from autograder.places import lesson_names
from tests.autograder.classroom.tiny import copy_of, scores_in_gradebook
from tests.bench.grading import submissions

#: What an instructor sets for a lesson that trains, where nbgrader's kernels are to run all of it.
PATIENT = "c = get_config()\nc.JudgedExecute.timeout = 600\nc.JudgedExecute.notebook_timeout = 1800\n"
Told = dict[str, list[tuple[str, float, str, str | None]]]


def told(records: list[Record]) -> Told:
    """``{student: what was said of each exercise}``."""
    return {
        record.student: [(v.exercise, v.points, v.status, v.misconception) for v in record.verdicts]
        for record in records
    }


def both_ways(lesson: str, count: int, folder: Path) -> tuple[Told, Told]:
    """A class of right answers and known mistakes, graded by nbgrader's kernels and on the engine.

    Gradebooks are compared as well.
    """
    room = Classroom(folder / "classroom")
    release(room, lesson, Content())
    if trains(lesson):
        (room.root / "nbgrader_local.py").write_text(PATIENT, encoding="utf-8")
    for student, data in submissions(lesson, count).items():
        path = folder / "in" / f"{student}.ipynb"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    collect(room, lesson, [folder / "in"])
    other = copy_of(room, folder / "other")
    stock, ours = told(list(grade(room, lesson))), told(list(grade(other, lesson, engine="fast")))
    assert scores_in_gradebook(other, lesson) == scores_in_gradebook(room, lesson)
    return stock, ours


def trains(lesson: str) -> bool:
    """Whether nbgrader's kernels run trainings, too, which takes minutes a submission."""
    return any(cell.tags.get("volatile") for cell in read_source(lesson).cells)


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("lesson", lesson_names())
def test_both_engines_say_the_same_of_honest_work(lesson: str, tmp_path: Path) -> None:
    count = 1 if trains(lesson) else 3
    stock, ours = both_ways(lesson, count, tmp_path)
    assert len(stock) == count
    assert ours == stock


if __name__ == "__main__":
    for name in lesson_names():
        with tempfile.TemporaryDirectory() as made:
            stock, ours = both_ways(name, int(sys.argv[1]), Path(made))
            different = [student for student in stock if stock[student] != ours[student]]
            print(f"{name}: {len(stock)} submissions, {len(different)} different {' '.join(different)}", flush=True)
