from __future__ import annotations

import hashlib
import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autograder.classroom.collect import collect
from autograder.classroom.folder import Classroom
from autograder.errors import AutograderError
from tests.autograder.classroom.tiny import TINY

NOON = datetime(2026, 3, 1, 12, 0, 30, 500, tzinfo=UTC)


@pytest.fixture
def room(tmp_path: Path) -> Classroom:
    """A classroom in which collecting is possible; nothing is graded here, so an empty release will do."""
    made = Classroom(tmp_path / "room")
    made.release(TINY).parent.mkdir(parents=True)
    made.release(TINY).write_text("{}")
    return made


def put(path: Path, text: str = "{}") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_a_receipt_says_what_whose_and_when(room: Classroom, tmp_path: Path) -> None:
    put(tmp_path / "in" / "alice.ipynb", "hers")
    (receipt,) = collect(room, TINY, [tmp_path / "in"], clock=lambda: NOON).receipts
    digest = hashlib.sha256(b"hers").hexdigest()
    assert (receipt.student, receipt.sha256, receipt.time) == ("alice", digest, "2026-03-01T12:00:30Z")
    assert digest[:12] in str(receipt)
    assert "alice" in str(receipt)
    folder = room.submitted("alice", TINY)
    assert (folder / f"{TINY}.ipynb").read_text() == "hers"
    assert (folder / "timestamp.txt").read_text() == "2026-03-01 12:00:30 UTC\n"
    assert json.loads((room.root / "received" / "receipts.jsonl").read_text())["sha256"] == digest


def test_the_time_is_the_collectors_in_any_zone_and_not_the_submissions(room: Classroom, tmp_path: Path) -> None:
    put(tmp_path / "in" / "alice" / f"{TINY}.ipynb")
    put(tmp_path / "in" / "alice" / "timestamp.txt", "1999-01-01 00:00:00 UTC")
    put(tmp_path / "in" / "alice" / "numpy.py", "raise SystemExit")
    local = NOON.astimezone(tz=None)
    collect(room, TINY, [tmp_path / "in"], clock=lambda: local)
    folder = room.submitted("alice", TINY)
    assert sorted(path.name for path in folder.iterdir()) == [f"{TINY}.ipynb", "timestamp.txt"]
    assert "2026-03-01 12:00:30" in (folder / "timestamp.txt").read_text()


def test_collecting_again_replaces_and_keeps_the_original(room: Classroom, tmp_path: Path) -> None:
    put(tmp_path / "in" / "alice.ipynb", "first")
    first = collect(room, TINY, [tmp_path / "in"], clock=lambda: NOON).receipts[0]
    put(tmp_path / "in" / "alice.ipynb", "second")
    later = NOON + timedelta(hours=1)
    second = collect(room, TINY, [tmp_path / "in"], clock=lambda: later).receipts[0]
    assert second.replaces == first.sha256[:12]
    assert (room.submitted("alice", TINY) / f"{TINY}.ipynb").read_text() == "second"
    originals = sorted((room.received(TINY) / "alice").iterdir())
    assert [path.read_text() for path in originals] == ["first", "second"]
    assert all(not path.stat().st_mode & 0o222 for path in originals)


def test_a_zip_of_folders(room: Classroom, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for name in ("alice", "bob"):
            archive.writestr(f"homework/{name}/{TINY}.ipynb", name)
        archive.writestr("homework/carol/essay.pdf", "")
    collected = collect(room, TINY, [tmp_path / "all.zip"])
    assert [receipt.student for receipt in collected.receipts] == ["alice", "bob"]


def test_of_several_notebooks_the_lessons_own_is_taken(room: Classroom, tmp_path: Path) -> None:
    put(tmp_path / "in" / "alice" / f"{TINY}.ipynb", "right")
    put(tmp_path / "in" / "alice" / "scratch.ipynb", "wrong")
    put(tmp_path / "in" / "bob" / f"bob_{TINY} (1).ipynb", "right")
    put(tmp_path / "in" / "bob" / "01_environment.ipynb", "wrong")
    put(tmp_path / "in" / "carol" / "one.ipynb", "a")
    put(tmp_path / "in" / "carol" / "two.ipynb", "b")
    put(tmp_path / "in" / "dave" / "01_environment.ipynb", "wrong")
    put(tmp_path / "in" / "erin" / "essay.pdf")
    put(tmp_path / "in" / "fr ed" / "x.ipynb")
    collected = collect(room, TINY, [tmp_path / "in"])
    assert [receipt.student for receipt in collected.receipts] == ["alice", "bob"]
    for receipt in collected.receipts:
        assert (room.submitted(receipt.student, TINY) / f"{TINY}.ipynb").read_text() == "right"
    told = "\n".join(collected.problems)
    for said in ("carol: 2 notebooks", "dave: no notebook of", "erin: this folder holds no", "because of a space"):
        assert said in told


def test_a_single_file_may_be_given_a_student(room: Classroom, tmp_path: Path) -> None:
    path = put(tmp_path / f"{TINY}.ipynb")
    assert collect(room, TINY, [path], student="zoe").receipts[0].student == "zoe"
    with pytest.raises(AutograderError, match="2 notebooks were given"):
        collect(room, TINY, [path, put(tmp_path / "x.ipynb")], student="zoe")


def test_an_unreleased_lesson_is_refused_with_the_remedy(room: Classroom, tmp_path: Path) -> None:
    with pytest.raises(AutograderError, match="autograder release 07_x"):
        collect(room, "07_x", [put(tmp_path / "a.ipynb")])


def test_the_number_of_a_lesson_is_enough(room: Classroom, tmp_path: Path) -> None:
    assert collect(room, "90", [put(tmp_path / "a.ipynb")]).receipts[0].lesson == TINY
