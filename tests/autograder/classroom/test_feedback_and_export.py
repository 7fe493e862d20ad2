from __future__ import annotations

import csv
import html
import re
from pathlib import Path
from typing import Any

import pytest

from autograder.classroom.collect import collect
from autograder.classroom.export import export
from autograder.classroom.feedback import Feedback, feedback
from autograder.classroom.folder import Classroom
from autograder.classroom.grade import grade
from autograder.errors import AutograderError
from tests.autograder.classroom.tiny import RIGHT, TINY, as_bytes, copy_of, filled_in, read_json, stock

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, released: Classroom) -> Classroom:
    """A class of three: one right, one who is right on visible cases only and wrong in a named way, one malformed."""
    folder = tmp_path_factory.mktemp("feedback")
    room = copy_of(released, folder / "classroom")
    blank = read_json(room.release(TINY))
    wrong = {
        "double": "def double(x):\n    if x == 71077345: raise ValueError(f'hidden input {x}')\n    return 2 * x",
        "mean": "def mean(values):\n    raise ValueError(f'<script>alert({values})</script>')",
    }
    (folder / "in").mkdir()
    (folder / "in" / "alice.ipynb").write_bytes(as_bytes(filled_in(blank, RIGHT)))
    (folder / "in" / "bob.ipynb").write_bytes(as_bytes(filled_in(blank, {**RIGHT, **wrong})))
    (folder / "in" / "carol.ipynb").write_bytes(b"<html>")
    collect(room, TINY, [folder / "in"])
    grade(room, TINY)
    return room


@pytest.fixture(scope="module")
def pages(graded: Classroom) -> Feedback:
    return feedback(graded, TINY)


def test_everybody_has_a_page_with_the_score_and_the_reasons(pages: Feedback) -> None:
    assert set(pages.pages) == {"alice", "bob", "carol"}
    assert pages.problems == ()
    texts = {student: page.read_text(encoding="utf-8") for student, page in pages.pages.items()}
    assert "Score: 6.0 / 6.0" in texts["alice"]
    assert "All of it is right." in texts["alice"]
    assert "The file is a web page, not a notebook" in texts["carol"]
    assert "Score: 0.0 / 6.0" in texts["carol"]
    assert "of the cases are right" in texts["bob"] or "Right on all cases that you can see" in texts["bob"]


def test_no_hidden_value_key_or_path_is_on_a_page(graded: Classroom, pages: Feedback) -> None:
    everything = [path for path in (graded.root / "feedback").rglob("*") if path.is_file()]
    assert sorted({path.name for path in everything}) == [f"{TINY}.html", "timestamp.txt"]
    for page in pages.pages.values():
        text = html.unescape(page.read_text(encoding="utf-8"))
        for secret in ("71077345", "142154690", "fsum", str(graded.root), str(ROOT), "keys/", "COURSE_JUDGE"):
            where = text.find(secret)
            # Bob wrote the first number into his own cell; there it may stand, once.
            if secret == "71077345" and page == pages.pages["bob"]:
                assert len(re.findall(secret, re.sub(r"<[^>]+>", "", text))) == 1
            else:
                assert where < 0, text[where - 200 : where + 100]


def test_what_a_learners_code_says_is_no_markup(pages: Feedback) -> None:
    assert "<script>alert(" not in pages.pages["bob"].read_text(encoding="utf-8")


def test_nbgraders_own_command_writes_the_same_feedback(graded: Classroom, pages: Feedback, tmp_path: Path) -> None:
    room = copy_of(graded, tmp_path / "room")
    ours = {student: page.read_bytes() for student, page in pages.pages.items()}
    done = stock(room, "generate_feedback", TINY, "--force")
    assert done.returncode == 0, done.stderr
    for student, data in ours.items():
        again = (room.feedback(student, TINY) / f"{TINY}.html").read_bytes()
        assert _body(again) == _body(data)
    assert not list((room.root / "feedback").rglob("verdicts.json"))


def _body(page: bytes) -> str:
    """The page without its head, in which the order of style sheets is nbconvert's affair."""
    return page.decode().partition("<body")[2]


def test_the_export_has_a_line_for_everybody(graded: Classroom, tmp_path: Path) -> None:
    made = export(graded, tmp_path / "grades.csv")
    with made.open(newline="") as lines:
        rows = {row["student_id"]: row for row in csv.DictReader(lines)}
    assert {student: float(row["score"]) for student, row in rows.items()} == {
        "alice": 6.0,
        "bob": pytest.approx(float(rows["bob"]["raw_score"])),
        "carol": 0.0,
    }
    assert 0 < float(rows["bob"]["score"]) < 3
    assert all(row["max_score"] == "6.0" and row["timestamp"] for row in rows.values())


def test_the_export_can_be_of_one_lesson(graded: Classroom, tmp_path: Path) -> None:
    assert len(export(graded, tmp_path / "a.csv", ("90",)).read_text().splitlines()) == 4
    with pytest.raises(AutograderError, match="not released"):
        export(graded, tmp_path / "b.csv", ("05",))


def test_what_cannot_be_written_is_said(graded: Classroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AutograderError, match="cannot be written"):
        export(graded, tmp_path / "no" / "folder.csv")
    with pytest.raises(AutograderError, match="autograder release"):
        export(Classroom(tmp_path / "empty"), tmp_path / "x.csv")


def test_feedback_before_grading_is_refused_with_the_remedy(classroom: Classroom) -> None:
    with pytest.raises(AutograderError, match="autograder grade"):
        feedback(classroom, TINY)


def test_feedback_that_fails_is_told_and_stops_nobody(
    graded: Classroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = copy_of(graded, tmp_path / "room")
    notebook = room.autograded("bob", TINY) / f"{TINY}.ipynb"
    notebook.chmod(0o644)
    notebook.write_text("{}")
    made: Any = feedback(room, TINY)
    assert set(made.pages) == {"alice", "carol"}
    assert made.problems[0].startswith("bob: no feedback could be written")
