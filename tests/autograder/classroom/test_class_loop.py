"""An invented class that hands in lesson 5, graded by our command and by nbgrader's own."""

from __future__ import annotations

import copy
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from autograder.answers import Workbench
from autograder.build.builder import read_source
from autograder.classroom.collect import collect
from autograder.classroom.feedback import feedback
from autograder.classroom.folder import Classroom, Content
from autograder.classroom.grade import grade
from autograder.classroom.records import Record
from autograder.classroom.release import release
from autograder.contract import Exercise
from tests.autograder.classroom.tiny import (
    as_bytes,
    cell_of,
    code_cell,
    copy_of,
    filled_in,
    index_of,
    read_json,
    scores_in_gradebook,
    stock,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]

LESSON = "05_attention"
#: Its answer is called by no other exercise, so what is wrong with it stays there.
ALONE = "apply_rope"
#: Nor is this one's.
SPOILT = "sinusoidal_positions"


@dataclass(frozen=True)
class Expected:
    """A submission and what it must get: points lost by exercise, statuses other than pass, and what is noted."""

    data: bytes
    earned: dict[str, float]
    statuses: dict[str, str]
    noted: str = ""


@pytest.fixture(scope="module")
def exercises() -> dict[str, Exercise]:
    return {exercise.name: exercise for exercise in read_source(LESSON).lesson.exercises}


@pytest.fixture(scope="module")
def expected(exercises: dict[str, Exercise]) -> dict[str, Expected]:
    bench: Workbench = read_source(LESSON).workbench
    blank = read_json(Content().release(LESSON))

    def fill(**answers: str) -> dict[str, Any]:
        return filled_in(blank, {**bench.solutions, **answers})

    def failing(notebook: dict[str, Any] | bytes, status: str, *names: str, noted: str = "") -> Expected:
        data = notebook if isinstance(notebook, bytes) else as_bytes(notebook)
        return Expected(data, dict.fromkeys(names, 0.0), dict.fromkeys(names, status), noted)

    def looping(name: str) -> str:
        return f"def {name}(*_, **__):\n    while True:\n        pass"

    mistake = next(m for m in exercises[ALONE].misconceptions if m.credit > 0)
    partial = fill(**{ALONE: bench.source_of(ALONE, mistake)})
    stripped = fill()
    for cell in stripped["cells"]:
        cell["metadata"] = {"pycharm": {"name": "#%%"}}
    stripped["metadata"] = {}
    duplicated = fill()
    at = index_of(duplicated, "softmax")
    duplicated["cells"][at]["source"] = "def softmax(x, dim=-1):\n    return x"
    duplicated["cells"].insert(at + 1, copy.deepcopy(cell_of(fill(), "softmax")) | {"id": "second"})
    gone = fill()
    gone["cells"].remove(cell_of(gone, ALONE))
    moved = fill()
    moved["cells"].insert(1, moved["cells"].pop(index_of(moved, "softmax")))
    moved["cells"].append(moved["cells"].pop(index_of(moved, "check-causal-mask")))
    older = fill()
    older["metadata"]["course"]["release"] = "000000000000"
    older["cells"] = [cell for cell in older["cells"] if cell["cell_type"] != "markdown"]
    noisy = fill()
    noise = (
        "import sys, warnings, logging\nwarnings.warn('careful')\nlogging.warning('hm')\nprint('x', file=sys.stderr)"
    )
    for name in exercises:
        cell_of(noisy, name)["source"] += "\n\n" + noise
    noisy["cells"].append(code_cell("name = input('Who are you? ')"))
    return {
        "perfect": Expected(as_bytes(fill()), {}, {}),
        "empty": failing(blank, "missing", *exercises),
        "partial": Expected(as_bytes(partial), {ALONE: mistake.credit}, {ALONE: "partial"}),
        "malformed": failing(b'{"cells": [', "malformed", *exercises),
        "stripped": Expected(as_bytes(stripped), {}, {}, "by their cell ids"),
        "duplicated": Expected(as_bytes(duplicated), {}, {}, "was there 2 times"),
        "endless": failing(fill(**{ALONE: looping(ALONE)}), "timeout", ALONE),
        "crash": failing(fill(**{SPOILT: f"import os\ndef {SPOILT}(*_, **__):\n    os._exit(1)"}), "crash", SPOILT),
        "gone": failing(gone, "missing", ALONE, noted=f"No cell answers {ALONE}"),
        "moved": Expected(as_bytes(moved), {}, {}, "2 cells had been moved"),
        "older": Expected(as_bytes(older), {}, {}, "made from another release"),
        "noisy": Expected(as_bytes(noisy), {}, {}),
    }


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory, expected: dict[str, Expected]) -> Classroom:
    folder = tmp_path_factory.mktemp("lesson5")
    room = Classroom(folder / "classroom")
    release(room, LESSON, Content())
    # Endless loops are interrupted; here after seconds and not after a minute each.
    (room.root / "nbgrader_local.py").write_text(
        "c = get_config()\nc.JudgedExecute.timeout = 30\nc.JudgedExecute.timeout_after_timeout = 3\n"
    )
    for student, submission in expected.items():
        path = folder / "in" / student / f"{LESSON}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(submission.data)
    collect(room, LESSON, [folder / "in"])
    return room


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, collected: Classroom) -> tuple[Classroom, dict[str, Record]]:
    room = copy_of(collected, tmp_path_factory.mktemp("ours") / "classroom")
    return room, {record.student: record for record in grade(room, LESSON)}


def test_scores_are_as_expected(
    graded: tuple[Classroom, dict[str, Record]], expected: dict[str, Expected], exercises: dict[str, Exercise]
) -> None:
    got = {
        student: {v.exercise: (v.points, v.status) for v in record.verdicts} for student, record in graded[1].items()
    }
    wanted = {
        student: {
            name: (float(submission.earned.get(name, exercise.points)), submission.statuses.get(name, "pass"))
            for name, exercise in exercises.items()
        }
        for student, submission in expected.items()
    }
    assert got == wanted


def test_repairs_are_said(graded: tuple[Classroom, dict[str, Record]], expected: dict[str, Expected]) -> None:
    for student, submission in expected.items():
        notes = " ".join(graded[1][student].notes)
        assert submission.noted in notes
        assert bool(notes) == bool(submission.noted), (student, notes)


def test_a_misconception_is_named(graded: tuple[Classroom, dict[str, Record]], exercises: dict[str, Exercise]) -> None:
    verdict = next(v for v in graded[1]["partial"].verdicts if v.exercise == ALONE)
    mistake = next(m for m in exercises[ALONE].misconceptions if m.credit > 0)
    assert (verdict.misconception, verdict.message) == (mistake.name, mistake.sentence)


def test_stock_nbgrader_gives_the_same_scores(
    graded: tuple[Classroom, dict[str, Record]], collected: Classroom, tmp_path: Path
) -> None:
    room = copy_of(collected, tmp_path / "stock")
    # Those whose scores could differ most; the tiny lesson's class is compared as a whole.
    compared = {"perfect", "empty", "partial", "malformed", "stripped", "endless", "crash", "noisy"}
    for folder in (room.root / "submitted").iterdir():
        if folder.name not in compared:
            shutil.rmtree(folder)
    done = stock(room, "autograde", LESSON)
    assert done.returncode == 0, done.stderr
    ours = scores_in_gradebook(graded[0], LESSON)
    assert scores_in_gradebook(room, LESSON) == {student: ours[student] for student in compared}


@pytest.fixture(scope="module")
def on_the_engine(
    tmp_path_factory: pytest.TempPathFactory, collected: Classroom
) -> tuple[Classroom, dict[str, Record]]:
    room = copy_of(collected, tmp_path_factory.mktemp("fast") / "classroom")
    return room, {record.student: record for record in grade(room, LESSON, engine="fast")}


def test_the_engine_gives_the_same_scores_statuses_and_notes(
    graded: tuple[Classroom, dict[str, Record]], on_the_engine: tuple[Classroom, dict[str, Record]]
) -> None:
    for student, record in graded[1].items():
        ours = on_the_engine[1][student]
        told = [(v.exercise, v.points, v.status, v.misconception) for v in ours.verdicts]
        assert told == [(v.exercise, v.points, v.status, v.misconception) for v in record.verdicts], student
        assert ours.notes == record.notes
    assert scores_in_gradebook(on_the_engine[0], LESSON) == scores_in_gradebook(graded[0], LESSON)


def test_feedback_shows_nothing_hidden(graded: tuple[Classroom, dict[str, Record]]) -> None:
    room, _ = graded
    pages = feedback(room, LESSON).pages
    hidden = set()
    for path in room.keys(LESSON).glob("*.json"):
        key = json.loads(path.read_text(encoding="utf-8"))
        shown = json.dumps([case for case in key["cases"] if not case["hidden"]])
        for case in key["cases"]:
            if case["hidden"]:
                hidden |= {text for text in _long_texts(case) if text not in shown and text != case["name"]}
    assert len(hidden) > 20
    root = str(Path(__file__).resolve().parents[3])
    for student, page in pages.items():
        text = page.read_text(encoding="utf-8")
        assert str(room.root) not in text
        assert root not in text, student
        assert not [secret for secret in hidden if secret in text], student


def _long_texts(value: Any) -> set[str]:
    """Every string of data that is too long to appear by chance: the bytes of hidden tensors, in base64."""
    if isinstance(value, str):
        return {value} if len(value) >= 24 and " " not in value else set()
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return {text for item in inner for text in _long_texts(item)}
