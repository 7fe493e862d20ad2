"""The SIGKILL drill: a run over a class is killed again and again; what it leaves in the end is as if it never was.

``python -m tests.autograder.classroom.drill [TIMES]`` repeats it and prints a line for each time.
"""

from __future__ import annotations

import difflib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
from sqlalchemy import create_engine, inspect, text

from autograder.classroom.collect import collect
from autograder.classroom.folder import Classroom
from autograder.classroom.records import VERDICTS, read_record
from autograder.classroom.release import release
from tests.autograder.classroom.tiny import CELLS, RIGHT, TINY, as_bytes, copy_of, filled_in, read_json, write_content

ROOT = Path(__file__).resolve().parents[3]
_WRONG = ("def double(x):\n    return x * x", "def double(x):\n    return x", "def double(x):\n    return 1 / 0")


def make_class(folder: Path, count: int) -> Classroom:
    """A classroom in which the tiny lesson was handed in by so many, rightly and wrongly."""
    content = write_content(folder / "checkout", CELLS)
    room = Classroom(folder / "classroom")
    release(room, TINY, content)
    blank = read_json(content.release(TINY))
    (folder / "in").mkdir()
    for number in range(count):
        wrong = {"double": _WRONG[number % 4]} if number % 4 < 3 else {}
        data = b"{broken" if number % 10 == 9 else as_bytes(filled_in(blank, {**RIGHT, **wrong}))
        (folder / "in" / f"s{number:04d}.ipynb").write_bytes(data)
    taken = collect(room, TINY, [folder / "in"])
    assert len(taken.receipts) == count, taken.problems
    return room


def start(room: Classroom, scratch: Path, *arguments: str) -> subprocess.Popen[str]:
    """A run in a process of its own, whose temporary files lie in ``scratch``."""
    scratch.mkdir(exist_ok=True)
    scratch.chmod(0o755)
    command = [sys.executable, "-m", "autograder", "grade", TINY, "--classroom", str(room.root), *arguments]
    environment = {**os.environ, "TMPDIR": str(scratch), "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def rest_of(process: subprocess.Popen[str], seconds: float) -> tuple[str, str]:
    """What a run that is watched line by line says from here on, on both streams; it is killed after ``seconds``.

    ``communicate`` alone would lose the lines that have come in together with the one that was read last.
    """
    assert process.stdout is not None
    ending = threading.Timer(seconds, process.kill)
    ending.start()
    try:
        rest = process.stdout.read()
        _, words = process.communicate()
    finally:
        ending.cancel()
    return rest, words


def rows_of(room: Classroom, url: str = "") -> dict[str, list[Any]]:
    """What stands in the gradebook and the ledger, without the numbers that are drawn at random.

    Args:
        room: whose gradebook, in its own file.
        url: the gradebook's database, where it is another one.
    """
    queries = {
        "submissions": "select s.student_id, s.timestamp, n.late_submission_penalty from submitted_assignment s "
        "join submitted_notebook n on n.assignment_id = s.id",
        "grades": "select s.student_id, c.name, g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade "
        "from grade g join base_cell c on c.id = g.cell_id join submitted_notebook n on n.id = g.notebook_id "
        "join submitted_assignment s on s.id = n.assignment_id",
        "comments": "select s.student_id, c.name, m.auto_comment, m.manual_comment from comment m "
        "join base_cell c on c.id = m.cell_id join submitted_notebook n on n.id = m.notebook_id "
        "join submitted_assignment s on s.id = n.assignment_id",
        "ledger": "select lesson, student, key from llm_from_zero_graded",
        "students": "select id from student",
    }
    engine = create_engine(url or f"sqlite:///{room.root}/gradebook.db")
    try:
        with engine.connect() as connection:
            tables = inspect(engine).get_table_names()
            return {
                name: sorted((tuple(map(_as_sqlite, row)) for row in connection.execute(text(query))), key=repr)
                for name, query in queries.items()
                if name != "ledger" or "llm_from_zero_graded" in tables
            }
    finally:
        engine.dispose()


def _as_sqlite(value: Any) -> Any:
    """A value as SQLite keeps it, which has neither times nor truth values."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    return int(value) if isinstance(value, bool) else value


def folders_of(room: Classroom) -> dict[str, bytes]:
    """Every file below ``autograded/``."""
    top = room.root / "autograded"
    return {str(path.relative_to(top)): path.read_bytes() for path in sorted(top.rglob("*")) if path.is_file()}


def require_same(room: Classroom, expected: tuple[Any, Any]) -> None:
    """Rows and files are those of an undisturbed run; where they are not, the error shows in what they differ."""
    found = rows_of(room), folders_of(room)
    if found == expected:
        return
    before, after = (_as_lines(*what) for what in (expected, found))
    lines = list(difflib.unified_diff(before, after, "undisturbed", "this one", lineterm="", n=1))
    raise AssertionError("\n".join(["rows or files differ:", *(line[:300] for line in lines[:60])]))


def _as_lines(rows: dict[str, list[Any]], folders: dict[str, bytes]) -> list[str]:
    told = [f"{name}: {row!r}" for name, table in rows.items() for row in table]
    for name, data in folders.items():
        told += [f"{name}: {line}" for line in data.decode(errors="replace").splitlines()]
    return told


def check_whole(room: Classroom) -> int:
    """After a kill: whatever is there is whole, and whoever stands in the ledger has it all; returns how many do."""
    for folder in (room.root / "autograded").glob(f"*/{TINY}"):
        assert {path.name for path in folder.iterdir()} == {f"{TINY}.ipynb", "timestamp.txt", VERDICTS}
        nbformat.validate(nbformat.read(folder / f"{TINY}.ipynb", as_version=4))
        read_record(folder / VERDICTS)
    rows = rows_of(room)
    points: dict[str, dict[str, float]] = {}
    for student, name, score, *_ in rows["grades"]:
        points.setdefault(student, {})[name] = score
    assert all(len(grades) == 3 and None not in grades.values() for grades in points.values())
    for _, student, key in rows.get("ledger", []):
        record = read_record(room.autograded(student, TINY) / VERDICTS)
        assert record.key == key
        assert {f"check-{v.exercise}": v.points for v in record.verdicts} == points[student]
    return len(rows.get("ledger", []))


def left_running(scratch: Path) -> list[int]:
    """Processes of a run whose temporary files lay in ``scratch``."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if str(scratch).encode() in (place / "environ").read_bytes():
                found.append(int(place.name))
        except OSError:
            continue
    return found


@dataclass(frozen=True)
class Outcome:
    """What a drill saw: how many runs were killed at work, and how many submissions were saved after each."""

    killed: int
    saved: tuple[int, ...]
    seconds: float


def drill(collected: Classroom, expected: tuple[Any, Any], folder: Path, kills: int, chance: random.Random) -> Outcome:
    """Kill a run ``kills`` times, at random moments, let the next one finish, and compare what is there.

    Args:
        collected: a classroom that is not graded yet; it is copied.
        expected: rows and files as an undisturbed run leaves them.
        folder: to work in.
        kills: how often.
        chance: chooses the moments.
    """
    room = copy_of(collected, folder / "classroom")
    scratch = folder / "scratch"
    started, killed, saved = time.monotonic(), 0, []
    for _ in range(kills):
        process = start(room, scratch, "--jobs", "2")
        _wait_for_work(process, chance)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.communicate()
        saved.append(check_whole(room))
    process = start(room, scratch, "--jobs", "2")
    _, words = process.communicate()
    assert process.returncode == 0, words
    assert check_whole(room) == len(expected[0]["students"])
    require_same(room, expected)
    assert saved == sorted(saved), "nothing that was saved is lost"
    deadline = time.monotonic() + 10
    while (left := left_running(scratch)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not left, left
    return Outcome(killed, tuple(saved), time.monotonic() - started)


def _wait_for_work(process: subprocess.Popen[str], chance: random.Random) -> None:
    """Wait for a random number of submissions, then for a moment more, so that a kill meets any of the steps."""
    assert process.stdout is not None
    # Now and then before the first one: while everything is still starting.
    wanted = chance.choice([0, 1, 10, 25, 33, 40, 50])
    for _, _line in zip(range(wanted), process.stdout, strict=False):
        pass
    time.sleep(chance.uniform(0.0, 2.0 if not wanted else 0.12))


def undisturbed(collected: Classroom, folder: Path) -> tuple[Any, Any]:
    """Rows and files as a run leaves them that nobody kills."""
    room = copy_of(collected, folder / "classroom")
    process = start(room, folder / "scratch", "--jobs", "2")
    _, words = process.communicate()
    assert process.returncode == 0, words
    return rows_of(room), folders_of(room)


def _outcomes(times: int, count: int) -> Iterator[Outcome]:
    with tempfile.TemporaryDirectory(prefix="drill-") as name:
        top = Path(name)
        top.chmod(0o755)
        (top / "class").mkdir()
        (top / "calm").mkdir()
        collected = make_class(top / "class", count)
        expected = undisturbed(collected, top / "calm")
        for number in range(times):
            (top / str(number)).mkdir()
            yield drill(collected, expected, top / str(number), 4, random.Random(number))


def main(times: int) -> None:
    """Run the drill and tell of it."""
    killed = 0
    for number, outcome in enumerate(_outcomes(times, 60), start=1):
        killed += outcome.killed
        saved = json.dumps(outcome.saved)
        print(f"{number:3}: {outcome.killed} kills, saved after each: {saved}, {outcome.seconds:.1f} s", flush=True)
    print(f"{times} drills, {killed} runs killed: every class ended as if nothing had happened.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
