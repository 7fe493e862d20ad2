"""An update of the course reaches the learner's copy, and not a character of theirs is lost."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from course import prepare as prepare_module
from course.handin import NotReadyError, fingerprint, hand_in
from course.prepare import prepare, reset
from course.update import cell_key, merge, source_text

ANSWER = {"nbgrader": {"grade": False, "grade_id": "softmax", "locked": False, "solution": True}}
CHECK = {"nbgrader": {"grade": True, "grade_id": "check-softmax", "locked": True, "solution": False}}


def cell(identity: str, source: str, kind: str = "code", metadata: dict[str, Any] | None = None) -> dict[str, Any]:
    made: dict[str, Any] = {"cell_type": kind, "id": identity, "metadata": metadata or {}, "source": source}
    return made | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def notebook(*cells: dict[str, Any]) -> dict[str, Any]:
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


OLD = notebook(
    cell("a", "# Title", "markdown"), cell("demo", "print(1)"), cell("softmax", "stub", metadata=ANSWER),
    cell("check-softmax", "check(1)", metadata=CHECK),
)  # fmt: skip
NEW = notebook(
    cell("a2", "# Better title", "markdown"), cell("demo", "print(2)"), cell("more", "news", "markdown"),
    cell("softmax", "better stub", metadata=ANSWER), cell("check-softmax", "check(2)", metadata=CHECK),
)  # fmt: skip


def texts(merged: dict[str, Any]) -> list[str]:
    return [source_text(c) for c in merged["cells"]]


def test_an_untouched_copy_becomes_the_release() -> None:
    assert texts(merge(OLD, OLD, NEW)) == texts(NEW)


def test_answers_added_cells_and_changed_demonstrations_are_kept() -> None:
    mine = copy.deepcopy(OLD)
    mine["cells"][1]["source"] = "print('my experiment')"
    mine["cells"][2]["source"] = "my answer"
    mine["cells"][3]["source"] = "check('edited')"
    mine["cells"].insert(3, cell("own", "my own cell"))
    merged = merge(OLD, mine, NEW)
    assert "my answer" in texts(merged)
    assert "better stub" not in texts(merged)
    assert "check(2)" in texts(merged)
    assert "check('edited')" not in texts(merged)
    assert texts(merged).index("my own cell") == texts(merged).index("my answer") + 1
    kept = [text for text in texts(merged) if "my experiment" in text]
    assert kept[0].startswith("# Kept from your copy")
    assert "print(2)" in texts(merged)
    keys = [cell_key(c) for c in merged["cells"]]
    assert len(keys) == len(set(keys))


def test_an_answer_survives_lost_ids_and_lists_of_lines() -> None:
    mine = copy.deepcopy(OLD)
    mine["cells"][2] |= {"source": ["my ", "answer"], "id": "changed-by-another-editor"}
    assert "my answer" in texts(merge(OLD, mine, NEW))


def test_an_answer_to_an_exercise_that_is_gone_is_kept() -> None:
    mine = copy.deepcopy(OLD)
    mine["cells"][2]["source"] = "my answer"
    without = notebook(*[c for c in NEW["cells"] if "softmax" not in c["id"]])
    assert any("my answer" in text for text in texts(merge(OLD, mine, without)))


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "course"
    (folder / "99_tiny").mkdir(parents=True)
    (folder / "lessons.json").write_text("[]")
    monkeypatch.setattr(prepare_module, "course_folder", lambda: folder)
    return folder


def release(course: Path, content: dict[str, Any]) -> None:
    (course / "99_tiny" / "99_tiny.ipynb").write_text(json.dumps(content, indent=1))


def test_the_life_of_a_working_copy(course: Path, tmp_path: Path) -> None:
    folder, said = tmp_path / "ws", []
    mine = folder / "99_tiny" / "99_tiny.ipynb"
    release(course, OLD)
    prepare(folder, said.append)
    assert json.loads(mine.read_text()) == OLD
    prepare(folder, said.append)
    assert said == ["99_tiny: ready."]
    release(course, NEW)
    prepare(folder, said.append)
    assert "you had not changed it" in said[-1]
    edited = json.loads(mine.read_text())
    edited["cells"][3]["source"] = "my answer"
    mine.write_text(json.dumps(edited))
    release(course, OLD)
    prepare(folder, said.append)
    assert "with your answers" in said[-1]
    assert "my answer" in mine.read_text()
    backup = next((folder / ".backups").glob("*.ipynb"))
    assert json.loads(backup.read_text()) == edited
    mine.write_text("{ broken")
    release(course, NEW)
    prepare(folder, said.append)
    assert "no readable notebook" in said[-1]
    assert any(path.read_text() == "{ broken" for path in (folder / ".backups").glob("*.ipynb"))
    assert json.loads(mine.read_text()) == NEW
    assert (folder / "START.md").read_text().startswith("# LLM from Zero")


def test_a_copy_whose_origin_is_unknown_keeps_its_answers(course: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ws"
    release(course, OLD)
    prepare(folder, lambda text: None)
    mine = folder / "99_tiny" / "99_tiny.ipynb"
    edited = json.loads(mine.read_text())
    edited["cells"][2]["source"] = "my answer"
    mine.write_text(json.dumps(edited))
    (folder / ".handed-out" / "99_tiny.ipynb").unlink()
    prepare(folder, lambda text: None)
    assert texts(json.loads(mine.read_text())) == ["# Title", "print(1)", "my answer", "check(1)"]


def test_reset_keeps_the_copy(course: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ws"
    release(course, OLD)
    prepare(folder, lambda text: None)
    mine = folder / "99_tiny" / "99_tiny.ipynb"
    mine.write_text("mine")
    assert "is kept as .backups/" in reset("99", folder)
    assert json.loads(mine.read_text()) == OLD
    with pytest.raises(LookupError, match="The lessons are: 99_tiny"):
        reset("98", folder)


def test_handing_in_gives_a_receipt_and_refuses_what_cannot_be_read(course: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ws"
    release(course, OLD)
    with pytest.raises(NotReadyError, match="start the course once"):
        hand_in("99", folder)
    prepare(folder, lambda text: None)
    receipt = hand_in("99", folder)
    assert receipt.fingerprint == fingerprint(receipt.path.read_bytes())
    (folder / "99_tiny" / "99_tiny.ipynb").write_text("{")
    with pytest.raises(NotReadyError, match="no readable notebook"):
        hand_in("99", folder)
