"""A class of the tiny lesson, graded through our command and through nbgrader's own."""

from __future__ import annotations

import copy
import json
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from autograder.classroom.collect import collect
from autograder.classroom.exporter import IntakeExporter
from autograder.classroom.folder import Classroom, Content
from autograder.classroom.grade import grade, grade_loose, write_json
from autograder.classroom.records import VERDICTS, Record
from autograder.classroom.table import Row, heading
from autograder.errors import AutograderError
from tests.autograder.classroom.tiny import (
    RIGHT,
    TINY,
    Filled,
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

SUMMARY = ("name", "points", "earned", "status", "misconception", "message")
LOCAL = "c = get_config()\nc.JudgedExecute.timeout = 4\nc.JudgedExecute.memory_limit = 2048\n"


@dataclass(frozen=True)
class Expected:
    """A submission of the class and what a fair grader gives it: points of double, mean, quadruple, and statuses."""

    data: bytes
    points: tuple[float, float, float]
    statuses: tuple[str, str, str]
    noted: str = ""


def _class(blank: dict[str, Any]) -> dict[str, Expected]:
    def fill(**answers: str) -> dict[str, Any]:
        return filled_in(blank, {**RIGHT, **answers})

    full, passed = (2.0, 3.0, 1.0), ("pass", "pass", "pass")
    stripped = fill()
    for cell in stripped["cells"]:
        cell["metadata"] = {}
    copied = fill()
    copied["cells"].append(copy.deepcopy(cell_of(copied, "double")) | {"id": "copy"})
    gone = fill()
    gone["cells"] = [cell for cell in gone["cells"] if cell["id"] not in ("mean", "check-mean")]
    skipping = fill(double="def double(x):\n    return 7")
    cell_of(skipping, "check-double")["metadata"]["tags"] = ["skip-execution"]
    schema = fill()
    cell_of(schema, "check-double")["metadata"]["nbgrader"]["schema_version"] = 99
    forging = fill(double="def double(x):\n    return 7")
    forged = "from IPython.display import display\nclass V(float):\n    pass\ncheck = lambda *a: V(2.0)"
    forging["cells"].insert(index_of(forging, "check-double"), code_cell(forged))
    patching = fill(double="def double(x):\n    return 7")
    patch = "import course.checking.check as inner, course\ncourse.check = inner.check = lambda *a: 2.0"
    patching["cells"].insert(index_of(patching, "check-double"), code_cell(patch))
    trying = fill(double="def double(x):\n    return {3: 6, 0.5: 1.0}.get(x)")
    trying["cells"].append(code_cell('check("double", lambda x: 2 * x)'))
    noisy = """\
import sys, warnings, logging
check = "mine"
print("noise", file=sys.stderr)
def double(x):
    warnings.warn("careful")
    logging.warning("hm")
    print(x, file=sys.stderr)
    return 2 * x
"""
    stubborn = """\
def mean(values):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
"""
    return {
        "perfect": Expected(as_bytes(fill()), full, passed),
        "blank": Expected(as_bytes(blank), (0, 0, 0), ("missing", "missing", "missing")),
        "broken": Expected(b"{nope", (0, 0, 0), ("malformed", "malformed", "malformed")),
        "partial": Expected(
            as_bytes(fill(double="def double(x):\n    return x * x", mean="def mean(v):\n    return sum(v)")),
            (0.5, 1.0, 0.0),
            ("partial", "partial", "fail"),
        ),
        "stripped": Expected(as_bytes(stripped), full, passed, "lost its nbgrader metadata"),
        "copied": Expected(as_bytes(copied), full, passed, "was there 2 times"),
        "gone": Expected(as_bytes(gone), (2, 0, 1), ("pass", "missing", "pass"), "No cell answers mean"),
        "skipping": Expected(as_bytes(skipping), (0, 3, 0), ("fail", "pass", "fail"), "skip-execution"),
        "schema": Expected(as_bytes(schema), full, passed),
        "forging": Expected(as_bytes(forging), (0, 3, 0), ("fail", "pass", "fail")),
        "patching": Expected(as_bytes(patching), (0, 0, 0), ("tampered", "tampered", "tampered")),
        "trying": Expected(as_bytes(trying), (0, 3, 0), ("fail", "pass", "fail")),
        "noisy": Expected(as_bytes(fill(double=noisy)), full, passed),
        "loop": Expected(
            as_bytes(fill(mean="def mean(values):\n    while True: pass")), (2, 0, 1), ("pass", "timeout", "pass")
        ),
        "stubborn": Expected(as_bytes(fill(mean=stubborn)), (2, 0, 1), ("pass", "timeout", "pass")),
        "toploop": Expected(
            as_bytes(fill(double="while True: pass\ndef double(x): return 2 * x")),
            (0, 3, 0),
            ("timeout", "pass", "error"),
        ),
        "crash": Expected(
            as_bytes(fill(double="import os\ndef double(x):\n    os._exit(3)")), (0, 3, 0), ("crash", "pass", "error")
        ),
        "killed": Expected(
            as_bytes(fill(mean="import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")),
            (2, 0, 1),
            ("pass", "crash", "pass"),
        ),
        "memory": Expected(
            as_bytes(fill(double="hoard = bytearray(10 ** 12)\ndef double(x):\n    return 2 * x")),
            (0, 3, 0),
            ("memory", "pass", "error"),
        ),
        "syntax": Expected(
            as_bytes(fill(double="def double(x:\n    return 2 * x")), (0, 3, 0), ("error", "pass", "error")
        ),
    }


@pytest.fixture(scope="module")
def expected(content: Content) -> dict[str, Expected]:
    return _class(read_json(content.release(TINY)))


@pytest.fixture(scope="module")
def collected(
    tmp_path_factory: pytest.TempPathFactory, released: Classroom, expected: dict[str, Expected]
) -> Classroom:
    """A classroom with the whole class collected."""
    folder = tmp_path_factory.mktemp("class")
    room = copy_of(released, folder / "classroom")
    (room.root / "nbgrader_local.py").write_text(LOCAL)
    (folder / "in").mkdir()
    for student, submission in expected.items():
        (folder / "in" / f"{student}.ipynb").write_bytes(submission.data)
    assert len(collect(room, TINY, [folder / "in"]).receipts) == len(expected)
    return room


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, collected: Classroom) -> tuple[Classroom, dict[str, Record]]:
    """The class, graded by our command."""
    room = copy_of(collected, tmp_path_factory.mktemp("ours") / "classroom")
    return room, {record.student: record for record in grade(room, TINY)}


@pytest.fixture(scope="module")
def stock_graded(tmp_path_factory: pytest.TempPathFactory, collected: Classroom) -> Classroom:
    """The class, graded by nbgrader's command."""
    room = copy_of(collected, tmp_path_factory.mktemp("stock") / "classroom")
    done = stock(room, "autograde", TINY)
    assert done.returncode == 0, done.stderr
    return room


def test_everybody_gets_what_a_fair_grader_gives(
    graded: tuple[Classroom, dict[str, Record]], expected: dict[str, Expected]
) -> None:
    got = {
        student: (tuple(v.points for v in record.verdicts), tuple(v.status for v in record.verdicts))
        for student, record in graded[1].items()
    }
    assert got == {student: (submission.points, submission.statuses) for student, submission in expected.items()}


def test_repairs_are_noted(graded: tuple[Classroom, dict[str, Record]], expected: dict[str, Expected]) -> None:
    for student, submission in expected.items():
        notes = " ".join(graded[1][student].notes)
        assert submission.noted in notes
        assert bool(notes) == bool(submission.noted), student


def test_every_failure_has_a_reason(graded: tuple[Classroom, dict[str, Record]]) -> None:
    for record in graded[1].values():
        assert all(verdict.message for verdict in record.verdicts)
        assert all(len(verdict.message) < 600 for verdict in record.verdicts)


def test_no_grade_is_empty_and_the_gradebook_agrees(graded: tuple[Classroom, dict[str, Record]]) -> None:
    room, records = graded
    scores = scores_in_gradebook(room, TINY)
    assert scores == {
        student: {verdict.exercise: verdict.points for verdict in record.verdicts}
        for student, record in records.items()
    }


def test_stock_nbgrader_gives_the_same_scores(
    graded: tuple[Classroom, dict[str, Record]], stock_graded: Classroom
) -> None:
    assert scores_in_gradebook(stock_graded, TINY) == scores_in_gradebook(graded[0], TINY)


@pytest.mark.slow
def test_the_engine_gives_the_same_scores_statuses_and_notes(
    graded: tuple[Classroom, dict[str, Record]], collected: Classroom, tmp_path: Path
) -> None:
    room = copy_of(collected, tmp_path / "fast")
    records = {record.student: record for record in grade(room, TINY, engine="fast")}
    for student, record in graded[1].items():
        ours = records[student]
        told = [(v.exercise, v.points, v.status, v.misconception) for v in ours.verdicts]
        assert told == [(v.exercise, v.points, v.status, v.misconception) for v in record.verdicts], student
        assert ours.notes == record.notes


def test_stock_nbgrader_names_the_same_causes(
    graded: tuple[Classroom, dict[str, Record]], stock_graded: Classroom
) -> None:
    for record in grade(stock_graded, TINY, progress=lambda _, fresh: pytest.fail("graded again") if fresh else None):
        assert [v.status for v in record.verdicts] == [v.status for v in graded[1][record.student].verdicts]


def test_the_json_has_the_promised_form(graded: tuple[Classroom, dict[str, Record]], tmp_path: Path) -> None:
    write_json(list(graded[1].values()), tmp_path / "out.json")
    written = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert [item["student"] for item in written] == sorted(graded[1])
    for item in written:
        assert set(item) == {"student", "lesson", "score", "max_score", "exercises", "notes", "sandbox"}
        assert item["lesson"] == TINY
        assert item["max_score"] == 6.0
        assert item["score"] == sum(exercise["earned"] for exercise in item["exercises"])
        assert all(tuple(exercise) == SUMMARY for exercise in item["exercises"])
    partial = next(item for item in written if item["student"] == "partial")
    assert [exercise["misconception"] for exercise in partial["exercises"]] == ["squared", "sum_only", None]


def test_the_table_has_a_line_for_everybody(graded: tuple[Classroom, dict[str, Record]]) -> None:
    text = "\n".join([heading(9), *(line for record in graded[1].values() for line in Row.of(record).lines(9))])
    assert re.search(r"^crash +3 of 6  1 crash, 1 pass, 1 error$", text, re.M)
    assert "– The notebook has lost its nbgrader metadata" in text


def test_the_submission_as_it_came_is_left_alone(
    graded: tuple[Classroom, dict[str, Record]], expected: dict[str, Expected]
) -> None:
    for student, submission in expected.items():
        assert (graded[0].submitted(student, TINY) / f"{TINY}.ipynb").read_bytes() == submission.data


def test_autograded_notebooks_hold_no_path_and_no_hidden_value(
    graded: tuple[Classroom, dict[str, Record]], content: Content
) -> None:
    room, _ = graded
    root = str(Path(__file__).resolve().parents[3])
    for path in room.root.glob(f"autograded/*/{TINY}/{TINY}.ipynb"):
        text = path.read_text(encoding="utf-8")
        for secret in ("71077345", "142154690", str(room.root), root, str(content.root), "COURSE_JUDGE"):
            assert secret not in text, (path, secret)


def test_repairs_stand_at_the_top_of_what_the_learner_reads(graded: tuple[Classroom, dict[str, Record]]) -> None:
    room, _ = graded
    first = read_json(room.autograded("gone", TINY) / f"{TINY}.ipynb")["cells"][0]
    assert first["cell_type"] == "markdown"
    assert "No cell answers mean" in first["source"]


# Grading again, and trouble


@pytest.fixture
def hand_in(classroom: Classroom, tmp_path: Path) -> Callable[..., None]:
    (classroom.root / "nbgrader_local.py").write_text(LOCAL)

    def collect_one(student: str, data: bytes) -> None:
        path = tmp_path / f"{student}.ipynb"
        path.write_bytes(data)
        collect(classroom, TINY, [path])

    return collect_one


def test_only_what_is_new_is_graded_again(
    classroom: Classroom, hand_in: Callable[..., None], blank: dict[str, Any], filled: Filled, tmp_path: Path
) -> None:
    fresh: list[str] = []

    def progress(record: Record, is_fresh: bool) -> None:
        fresh.extend([record.student] * is_fresh)

    hand_in("alice", b"no notebook")
    hand_in("bob", b"no notebook")
    grade(classroom, TINY, progress=progress)
    grade(classroom, TINY, progress=progress)
    assert fresh == ["alice", "bob"]
    path = classroom.submitted("bob", TINY)
    (path / f"{TINY}.ipynb").write_bytes(as_bytes(filled()))
    (path / "timestamp.txt").write_text("2099-01-01 00:00:00 UTC\n")
    records = grade(classroom, TINY, progress=progress)
    assert fresh == ["alice", "bob", "bob"]
    assert [record.score for record in records] == [0, 6]
    grade(classroom, TINY, ["alice"], again=True, progress=progress)
    assert fresh[3:] == ["alice"]
    key = classroom.keys(TINY) / "mean.json"
    key.write_text(key.read_text(encoding="utf-8").replace("This is the sum.", "It is the sum."), encoding="utf-8")
    grade(classroom, TINY, ["alice"], progress=progress)
    assert fresh[4:] == ["alice"], "other keys"


def test_a_submission_folder_without_a_notebook_is_a_zero_with_a_reason(
    classroom: Classroom, hand_in: Callable[..., None]
) -> None:
    classroom.submitted("ghost", TINY).mkdir(parents=True)
    (record,) = grade(classroom, TINY)
    assert {verdict.status for verdict in record.verdicts} == {"malformed"}
    assert "empty" in record.verdicts[0].message
    assert scores_in_gradebook(classroom, TINY) == {"ghost": {"double": 0, "mean": 0, "quadruple": 0}}


def test_a_fault_of_the_grader_stops_nobody_else_and_is_a_zero_that_asks_for_a_look(
    classroom: Classroom, hand_in: Callable[..., None], filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in("alice", as_bytes(filled()))
    hand_in("bob", b"no notebook")
    whole = IntakeExporter.from_filename

    def fail(self: IntakeExporter, filename: str, *args: Any, **kw: Any) -> Any:
        if "submitted/alice" in filename:
            raise ZeroDivisionError("by design")
        return whole(self, filename, *args, **kw)

    monkeypatch.setattr(IntakeExporter, "from_filename", fail)
    alice, bob = grade(classroom, TINY)
    assert {verdict.status for verdict in alice.verdicts} == {"grader_error"}
    assert "ZeroDivisionError: by design" in alice.notes[0]
    assert {verdict.status for verdict in bob.verdicts} == {"malformed"}
    with classroom.gradebook() as gradebook:
        grades = gradebook.find_submission(TINY, "alice").notebooks[0].grades
        assert [(g.auto_score, g.needs_manual_grade) for g in grades] == [(0.0, True)] * 3
    monkeypatch.undo()
    assert grade(classroom, TINY)[0].score == 6, "it is tried again by itself"


def test_a_missing_hidden_key_is_the_graders_fault(
    classroom: Classroom, hand_in: Callable[..., None], filled: Filled
) -> None:
    hand_in("alice", as_bytes(filled()))
    (classroom.keys(TINY) / "mean.json").unlink()
    (record,) = grade(classroom, TINY)
    assert record.has_grader_error
    assert "autograder release" in record.notes[0]
    assert record.max_score == 6


def test_the_judges_fault_is_told_to_the_instructor_only(
    classroom: Classroom, hand_in: Callable[..., None], filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise ZeroDivisionError("inner detail")

    monkeypatch.setattr("autograder.classroom.judge_server.judge", fail)
    hand_in("alice", as_bytes(filled()))
    (record,) = grade(classroom, TINY)
    assert {verdict.status for verdict in record.verdicts} == {"grader_error"}
    assert "inner detail" in " ".join(record.notes)
    page = (classroom.autograded("alice", TINY) / f"{TINY}.ipynb").read_text(encoding="utf-8")
    assert "inner detail" not in page


def test_the_notebook_as_a_whole_has_a_time(classroom: Classroom, hand_in: Callable[..., None], filled: Filled) -> None:
    (classroom.root / "nbgrader_local.py").write_text("c = get_config()\nc.JudgedExecute.notebook_timeout = 3\n")
    hand_in("alice", as_bytes(filled(double="import time\ntime.sleep(60)", mean="import time\ntime.sleep(60)")))
    (record,) = grade(classroom, TINY)
    assert [verdict.status for verdict in record.verdicts] == ["timeout"] * 3
    assert "took too long" in record.verdicts[2].message


def test_a_kernel_that_dies_again_and_again_is_given_up(
    classroom: Classroom, hand_in: Callable[..., None], filled: Filled
) -> None:
    (classroom.root / "nbgrader_local.py").write_text("c = get_config()\nc.JudgedExecute.max_restarts = 1\n")
    notebook = filled()
    for _ in range(3):
        notebook["cells"].insert(index_of(notebook, "check-double") + 1, code_cell("import os\nos._exit(1)"))
    hand_in("alice", as_bytes(notebook))
    (record,) = grade(classroom, TINY)
    assert [verdict.status for verdict in record.verdicts] == ["pass", "crash", "crash"]
    assert "too often" in record.verdicts[2].message


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets one process limit another's memory")
def test_a_kernel_may_claim_only_so_much_memory(
    classroom: Classroom, hand_in: Callable[..., None], filled: Filled
) -> None:
    hand_in("alice", as_bytes(filled(double="hoard = bytearray(3 * 10 ** 9)\n" + RIGHT["double"])))
    (record,) = grade(classroom, TINY)
    assert [verdict.status for verdict in record.verdicts] == ["memory", "pass", "error"]


def test_a_flood_of_output_is_cut_off(classroom: Classroom, hand_in: Callable[..., None], filled: Filled) -> None:
    notebook = filled()
    notebook["cells"].append(code_cell("for _ in range(2000):\n    print('x' * 1000)"))
    hand_in("alice", as_bytes(notebook))
    (record,) = grade(classroom, TINY)
    assert record.score == 6
    assert (classroom.autograded("alice", TINY) / f"{TINY}.ipynb").stat().st_size < 500_000


def test_what_a_notebook_leaves_running_ends_with_it(
    classroom: Classroom, hand_in: Callable[..., None], filled: Filled, tmp_path: Path
) -> None:
    marker = tmp_path / "still-alive"
    later = f"import time; time.sleep(4); open({str(marker)!r}, 'w')"
    child = f"import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', {later!r}])"
    notebook = filled()
    notebook["cells"].append(code_cell(child))
    hand_in("alice", as_bytes(notebook))
    grade(classroom, TINY)
    time.sleep(4.5)
    assert not marker.exists()


def test_secrets_of_the_graders_environment_are_not_passed_on(
    classroom: Classroom, hand_in: Callable[..., None], filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_API_TOKEN", "sesame-open")
    notebook = filled()
    notebook["cells"].append(code_cell("import os\nprint(dict(os.environ))"))
    hand_in("alice", as_bytes(notebook))
    grade(classroom, TINY)
    text = (classroom.autograded("alice", TINY) / f"{TINY}.ipynb").read_text(encoding="utf-8")
    assert "LLM_FROM_ZERO_WORKSPACE" in text
    assert "sesame-open" not in text


def test_files_of_the_lesson_are_there_and_what_code_writes_is_not_kept(
    classroom: Classroom, hand_in: Callable[..., None], filled: Filled
) -> None:
    (classroom.source(TINY).parent / "data.txt").write_text("seventy-one")
    notebook = filled()
    notebook["cells"].append(code_cell("print(open('data.txt').read())\nopen('left.txt', 'w').write('x')"))
    notebook["cells"].append(code_cell("open('timestamp.txt', 'w').write('1999-01-01 00:00:00 UTC')"))
    hand_in("alice", as_bytes(notebook))
    grade(classroom, TINY)
    folder = classroom.autograded("alice", TINY)
    assert "seventy-one" in (folder / f"{TINY}.ipynb").read_text(encoding="utf-8")
    assert {path.name for path in folder.iterdir()} == {f"{TINY}.ipynb", "data.txt", "timestamp.txt", VERDICTS}
    assert "1999" not in (folder / "timestamp.txt").read_text()


def test_records_planted_by_a_submission_are_replaced(
    classroom: Classroom, hand_in: Callable[..., None], filled: Filled, tmp_path: Path
) -> None:
    target = tmp_path / "precious"
    target.write_text("untouched")
    notebook = filled(double="def double(x):\n    return 7")
    notebook["cells"].append(code_cell(f"import os\nos.symlink({str(target)!r}, {VERDICTS!r})"))
    hand_in("alice", as_bytes(notebook))
    (record,) = grade(classroom, TINY)
    assert record.score == 3
    assert target.read_text() == "untouched"


def test_loose_files_are_graded_without_a_classroom(
    content: Content, filled: Filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr("tempfile.tempdir", None)
    places = [tmp_path / name for name in (f"{TINY}.ipynb", "alice.ipynb", "weird name!.ipynb", "b/alice.ipynb")]
    for place in places:
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(as_bytes(filled()))
    places[2].write_bytes(b"")
    records = {record.student: record.score for record in grade_loose(TINY, places, content)}
    assert records["alice"] == 6
    assert records["alice-2"] == 6
    assert records["weird_name"] == 0
    assert len(records) == 4
    assert not list((tmp_path / "scratch").iterdir()), "nothing is left behind"


def test_what_cannot_be_graded_is_said(classroom: Classroom, content: Content, tmp_path: Path) -> None:
    with pytest.raises(AutograderError, match="autograder collect"):
        grade(classroom, TINY)
    with pytest.raises(AutograderError, match="not released"):
        grade(classroom, "07")
    classroom.submitted("alice", TINY).mkdir(parents=True)
    with pytest.raises(AutograderError, match="Those who have: alice"):
        grade(classroom, TINY, ["bob"])
    with pytest.raises(AutograderError, match="collected first"):
        grade_loose(TINY, [tmp_path], content)
    with pytest.raises(AutograderError, match="There is no file"):
        grade_loose(TINY, [tmp_path / "none.ipynb"], content)
    with pytest.raises(AutograderError, match="cannot be written"):
        write_json([], tmp_path / "no" / "folder.json")
