"""Grading on the engine: the same as the stock path leaves, whatever happens in between, and nothing twice."""

from __future__ import annotations

import random
import shutil
import signal
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.classroom import fast
from autograder.classroom.autograded import at_work
from autograder.classroom.collect import collect
from autograder.classroom.export import export
from autograder.classroom.fast import limits_of
from autograder.classroom.feedback import feedback
from autograder.classroom.folder import Classroom, Content
from autograder.classroom.grade import grade, grade_loose
from autograder.classroom.records import VERDICTS, Record
from autograder.classroom.release import release
from autograder.errors import AutograderError
from tests.autograder.classroom import drill
from tests.autograder.classroom.tiny import (
    TINY,
    Filled,
    as_bytes,
    code_cell,
    copy_of,
    read_json,
    scores_in_gradebook,
)

HandIn = Callable[..., None]
SQUARED = "def double(x):\n    return x * x"


@pytest.fixture
def hand_in(classroom: Classroom, tmp_path: Path) -> HandIn:
    def collect_one(student: str, data: bytes, when: datetime | None = None) -> None:
        path = tmp_path / f"{student}.ipynb"
        path.write_bytes(data)
        clock = {"clock": lambda: when} if when else {}
        assert collect(classroom, TINY, [path], student, **clock).receipts

    return collect_one


def run(classroom: Classroom, *students: str, **options: Any) -> tuple[dict[str, Record], list[str]]:
    """Grade on the engine; returns the records and who was graded just now."""
    fresh: list[str] = []
    records = grade(
        classroom, TINY, students, engine="fast", jobs=2,
        progress=lambda record, new: fresh.extend([record.student] * new), **options,
    )  # fmt: skip
    return {record.student: record for record in records}, sorted(fresh)


# What is left behind is what nbgrader leaves behind


def test_gradebook_and_folders_are_those_of_the_stock_path(
    classroom: Classroom, hand_in: HandIn, blank: dict[str, Any], filled: Filled, tmp_path: Path
) -> None:
    due = datetime(2026, 3, 1, 12)
    (classroom.root / "nbgrader_local.py").write_text(
        "c = get_config()\nc.LateSubmissionPlugin.penalty_method = 'zero'\nc.LimitOutput.max_lines = 5\n"
    )
    with classroom.gradebook() as gradebook:
        gradebook.update_or_create_assignment(TINY, duedate=due)
    (classroom.source(TINY).parent / "data").mkdir()
    (classroom.source(TINY).parent / "data" / "numbers.txt").write_text("seventy-one")
    talking = filled()
    talking["cells"].append(code_cell("for i in range(50):\n    print(i)"))
    hand_in("alice", as_bytes(filled(double=SQUARED)), due - timedelta(hours=1))
    hand_in("bob", as_bytes(blank), due - timedelta(hours=1))
    hand_in("carol", b"{broken", due - timedelta(hours=1))
    hand_in("dave", as_bytes(filled()), due + timedelta(minutes=5))
    hand_in("erin", as_bytes(talking), due)
    (classroom.submitted("erin", TINY) / "notes.txt").write_text("handed in beside it")
    (classroom.submitted("erin", TINY) / "left.pyc").write_text("passed over by nbgrader")
    other = copy_of(classroom, tmp_path / "stock")
    grade(other, TINY)
    records, fresh = run(classroom)
    assert fresh == ["alice", "bob", "carol", "dave", "erin"]

    ours, theirs = drill.rows_of(classroom), drill.rows_of(other)
    ledger = ours.pop("ledger")
    assert ours == theirs
    assert ("dave", datetime_text(due + timedelta(minutes=5)), 6.0) in [tuple(row) for row in ours["submissions"]]
    assert [(lesson, student) for lesson, student, _ in ledger] == [(TINY, student) for student in sorted(records)]

    for student in records:
        mine, stock = (room.autograded(student, TINY) for room in (classroom, other))
        assert listing(mine) == listing(stock)
        one, two = (nbformat.read(folder / f"{TINY}.ipynb", as_version=4) for folder in (mine, stock))
        nbformat.validate(one)
        assert [shown(cell) for cell in one.cells] == [shown(cell) for cell in two.cells]
        kept = [{**nb.metadata, "language_info": nb.metadata["language_info"]["name"]} for nb in (one, two)]
        assert kept[0] == kept[1]
        assert (mine / "timestamp.txt").read_text() == (stock / "timestamp.txt").read_text()


def datetime_text(moment: datetime) -> str:
    """As SQLite keeps it."""
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")


def listing(folder: Path) -> dict[str, int]:
    """``{relative path: mode}`` of what is in a folder."""
    return {str(path.relative_to(folder)): path.stat().st_mode for path in folder.rglob("*") if path.is_file()}


def shown(cell: nbformat.NotebookNode) -> tuple[Any, ...]:
    """A cell without the times and counts of execution, and without what a demonstration prints."""
    metadata = {name: value for name, value in cell.metadata.items() if name != "execution"}
    outputs = [
        {name: value for name, value in output.items() if name != "execution_count"}
        for output in cell.get("outputs", [])
        if "demonstration" not in cell.source
    ]
    return cell.id, cell.cell_type, cell.source, metadata, outputs


def test_feedback_and_export_go_on_from_there(
    classroom: Classroom, hand_in: HandIn, filled: Filled, tmp_path: Path
) -> None:
    hand_in("alice", as_bytes(filled(double=SQUARED)))
    run(classroom)
    page = feedback(classroom, TINY).pages["alice"].read_text(encoding="utf-8")
    assert "This squares the number." in page
    assert "CANARY" not in page.replace("CANARY-HIDDEN-NAME", "", 1) or "71077345" not in page
    assert "71077345" not in page
    row = export(classroom, tmp_path / "grades.csv").read_text(encoding="utf-8").splitlines()[1]
    assert "alice" in row
    assert ",3.5," in row


def test_a_regrade_keeps_what_a_person_gave(classroom: Classroom, hand_in: HandIn, filled: Filled) -> None:
    hand_in("alice", as_bytes(filled(double=SQUARED)))
    run(classroom)
    with classroom.gradebook() as gradebook:
        given = gradebook.find_grade("check-double", TINY, TINY, "alice")
        given.manual_score, given.needs_manual_grade, given.extra_credit = 1.75, False, 0.5
        gradebook.find_grade("check-mean", TINY, TINY, "alice").extra_credit = 0.25
        gradebook.find_comment("double", TINY, TINY, "alice").manual_comment = "Nearly."
        gradebook.db.commit()
    hand_in("alice", as_bytes(filled()))
    assert run(classroom)[1] == ["alice"]
    with classroom.gradebook() as gradebook:
        given = gradebook.find_grade("check-double", TINY, TINY, "alice")
        assert (given.auto_score, given.manual_score, given.extra_credit) == (2.0, 1.75, 0.5)
        assert given.needs_manual_grade, "it is to be looked at again"
        other = gradebook.find_grade("check-mean", TINY, TINY, "alice")
        assert (other.auto_score, other.extra_credit, other.needs_manual_grade) == (3.0, 0.25, False)
        comment = gradebook.find_comment("double", TINY, TINY, "alice")
        assert (comment.manual_comment, comment.auto_comment) == ("Nearly.", None)
        assert gradebook.find_submission(TINY, "alice").score == 1.75 + 0.5 + 3.0 + 0.25 + 1.0


def test_late_penalties_count_what_a_person_gave_and_extensions(
    classroom: Classroom, hand_in: HandIn, filled: Filled
) -> None:
    due = datetime(2026, 3, 1, 12)
    (classroom.root / "penalty.py").write_text(
        "from nbgrader.plugins import BasePlugin\n"
        "class Half(BasePlugin):\n"
        "    def late_submission_penalty(self, student_id, score, total_seconds_late):\n"
        "        return {'greedy': 99, 'kind': -1, 'none': None}.get(student_id, score / 2)\n"
    )
    (classroom.root / "nbgrader_local.py").write_text(
        "import sys\nc = get_config()\n"
        f"sys.path.insert(0, {str(classroom.root)!r})\n"
        "c.AssignLatePenalties.plugin_class = 'penalty.Half'\n"
    )
    with classroom.gradebook() as gradebook:
        gradebook.update_or_create_assignment(TINY, duedate=due)
    students = ("alice", "early", "extended", "greedy", "kind", "none")
    for student in students:
        hand_in(student, as_bytes(filled()), due + timedelta(hours=-1 if student == "early" else 1))
    run(classroom)
    with classroom.gradebook() as gradebook:
        gradebook.grant_extension(TINY, "extended", hours=2)
        gradebook.find_grade("check-mean", TINY, TINY, "alice").manual_score = 1.0
        gradebook.db.commit()
    run(classroom, again=True)
    with classroom.gradebook() as gradebook:
        notebooks = {s: gradebook.find_submission_notebook(TINY, TINY, s) for s in students}
        assert {student: notebook.late_submission_penalty for student, notebook in notebooks.items()} == {
            "alice": 2.0, "early": None, "extended": None, "greedy": 6.0, "kind": 0.0, "none": None,
        }  # fmt: skip


def test_files_of_the_lesson_are_there_and_what_code_writes_is_not_kept(
    classroom: Classroom, hand_in: HandIn, filled: Filled
) -> None:
    (classroom.source(TINY).parent / "data").mkdir()
    (classroom.source(TINY).parent / "data" / "numbers.txt").write_text("seventy-one")
    notebook = filled()
    notebook["cells"].append(code_cell("print(open('data/numbers.txt').read(), open('notes.txt').read())"))
    notebook["cells"].append(code_cell("open('left.txt', 'w').write('x')"))
    hand_in("alice", as_bytes(notebook))
    (classroom.submitted("alice", TINY) / "notes.txt").write_text("of-her-own")
    run(classroom)
    folder = classroom.autograded("alice", TINY)
    assert "seventy-one of-her-own" in (folder / f"{TINY}.ipynb").read_text(encoding="utf-8")
    assert set(listing(folder)) == {f"{TINY}.ipynb", "data/numbers.txt", "notes.txt", "timestamp.txt", VERDICTS}
    assert (classroom.source(TINY).parent / "data" / "numbers.txt").read_text() == "seventy-one"


# Nothing is graded twice, and nothing that changed is left


@pytest.mark.slow
def test_only_what_changed_is_graded_again(
    classroom: Classroom, hand_in: HandIn, filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in("alice", as_bytes(filled()))
    hand_in("bob", b"no notebook")
    assert run(classroom)[1] == ["alice", "bob"]
    assert run(classroom)[1] == []
    path = classroom.submitted("bob", TINY) / f"{TINY}.ipynb"
    path.write_bytes(as_bytes(filled(double=SQUARED)))
    records, fresh = run(classroom)
    assert fresh == ["bob"], "other bytes, though the same time"
    assert (records["alice"].score, records["bob"].score) == (6.0, 3.5)
    hand_in("alice", as_bytes(filled()), datetime(2099, 1, 1))
    assert run(classroom)[1] == ["alice"], "the same bytes at another time"
    assert run(classroom, "bob", again=True)[1] == ["bob"]
    key = classroom.keys(TINY) / "mean.json"
    key.write_text(key.read_text(encoding="utf-8").replace("This is the sum.", "It is the sum."), encoding="utf-8")
    assert run(classroom)[1] == ["alice", "bob"], "other keys"
    (classroom.source(TINY).parent / "data.txt").write_text("1")
    assert run(classroom)[1] == ["alice", "bob"], "other files of the lesson"
    monkeypatch.setattr(fast, "grader_version", lambda: "another")
    assert run(classroom)[1] == ["alice", "bob"], "another grader"
    shutil.rmtree(classroom.autograded("bob", TINY))
    assert run(classroom)[1] == ["bob"], "what is gone is made again"
    (classroom.autograded("bob", TINY) / VERDICTS).chmod(0o600)
    (classroom.autograded("bob", TINY) / VERDICTS).write_text("half a rec")
    assert run(classroom)[1] == ["bob"]
    assert run(classroom)[1] == []


def test_a_gradebook_begun_anew_is_filled_again(
    classroom: Classroom, content: Content, hand_in: HandIn, filled: Filled
) -> None:
    hand_in("alice", as_bytes(filled()))
    run(classroom)
    (classroom.root / "gradebook.db").unlink()
    release(classroom, TINY, content)
    assert run(classroom)[1] == ["alice"]
    assert scores_in_gradebook(classroom, TINY) == {"alice": {"double": 2.0, "mean": 3.0, "quadruple": 1.0}}


def test_forcing_is_not_taken_for_done_if_it_is_cut_off(
    classroom: Classroom, hand_in: HandIn, filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in("alice", as_bytes(filled()))
    run(classroom)

    def fail(*_: Any) -> None:
        raise AutograderError("the power went")

    from autograder.classroom.gradebook import Book

    with monkeypatch.context() as patched:
        patched.setattr(Book, "write", fail)
        with pytest.raises(AutograderError, match="the power went"):
            run(classroom, again=True)
    assert run(classroom)[1] == ["alice"]


def test_a_fault_of_the_grader_is_a_zero_to_look_at_and_is_tried_again(
    classroom: Classroom, hand_in: HandIn, filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in("alice", as_bytes(filled()))
    hand_in("bob", as_bytes(filled()))
    whole = fast.take_in
    broken = (classroom.submitted("alice", TINY) / f"{TINY}.ipynb").read_bytes() + b"\n"
    (classroom.submitted("alice", TINY) / f"{TINY}.ipynb").write_bytes(broken)

    def fail(data: bytes, skeleton: Any) -> Any:
        taken = whole(data, skeleton)
        return fast.Intake(taken.notebook, failure="ZeroDivisionError by design") if data == broken else taken

    monkeypatch.setattr(fast, "take_in", fail)
    records, _ = run(classroom)
    assert {verdict.status for verdict in records["alice"].verdicts} == {"grader_error"}
    assert "ZeroDivisionError by design" in " ".join(records["alice"].notes)
    assert records["bob"].score == 6
    with classroom.gradebook() as gradebook:
        notebook = gradebook.find_submission(TINY, "alice").notebooks[0]
        assert [(g.auto_score, g.needs_manual_grade) for g in notebook.grades] == [(0.0, True)] * 3
        assert {comment.auto_comment for comment in notebook.comments} == {
            "The grader failed on this exercise; it needs a look by hand."
        }
    monkeypatch.undo()
    records, fresh = run(classroom)
    assert (fresh, records["alice"].score) == (["alice"], 6)
    with classroom.gradebook() as gradebook:
        notebook = gradebook.find_submission(TINY, "alice").notebooks[0]
        assert not any(grade.needs_manual_grade for grade in notebook.grades)
        assert {comment.auto_comment for comment in notebook.comments} == {None}


def test_a_missing_hidden_key_is_the_graders_fault(classroom: Classroom, hand_in: HandIn, filled: Filled) -> None:
    hand_in("alice", as_bytes(filled()))
    (classroom.keys(TINY) / "mean.json").unlink()
    record = run(classroom)[0]["alice"]
    assert record.has_grader_error
    assert "autograder release" in " ".join(record.notes)
    assert record.max_score == 6


def test_a_submission_folder_without_a_notebook_is_a_zero_with_a_reason(classroom: Classroom) -> None:
    classroom.submitted("ghost", TINY).mkdir(parents=True)
    (classroom.submitted("folder", TINY) / f"{TINY}.ipynb").mkdir(parents=True)
    records, _ = run(classroom)
    assert {verdict.status for verdict in records["ghost"].verdicts} == {"malformed"}
    assert "empty" in records["ghost"].verdicts[0].message
    assert {verdict.status for verdict in records["folder"].verdicts} == {"grader_error"}
    assert scores_in_gradebook(classroom, TINY)["ghost"] == {"double": 0, "mean": 0, "quadruple": 0}


def test_every_record_says_which_layers_were_active(classroom: Classroom, hand_in: HandIn, filled: Filled) -> None:
    hand_in("alice", as_bytes(filled()))
    layers = {layer.split()[0] for layer in run(classroom)[0]["alice"].summary()["sandbox"]}
    assert layers >= {"landlock", "seccomp", "no_new_privs", "limits"}


# What is refused, in a sentence


def test_a_host_without_a_layer_is_told_so_and_nothing_is_graded(
    classroom: Classroom, hand_in: HandIn, filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in("alice", as_bytes(filled()))
    lacking = {
        "landlock": "",
        "seccomp": "no libseccomp",
        "no_new_privs": "",
        "user": "",
        "limits": "",
        "namespaces": "",
    }
    monkeypatch.setattr("autograder.sandbox.layers.available", lambda: lacking)
    with pytest.raises(AutograderError, match=r"lacks the sandbox layer seccomp.*--accept-risk seccomp"):
        run(classroom)
    assert not list((classroom.root / "autograded").iterdir())


def test_two_runs_at_once_are_refused(classroom: Classroom, hand_in: HandIn, filled: Filled) -> None:
    hand_in("alice", as_bytes(filled()))
    with at_work(classroom), pytest.raises(AutograderError, match="is at work in"):
        run(classroom)


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("c.Autograde.autograde_preprocessors = []", "Autograde.autograde_preprocessors.*--engine nbgrader"),
        ("c.Autograde.pre_convert_hook = print", "Autograde.pre_convert_hook.*--engine nbgrader"),
        ("nonsense(", "look at nbgrader_local.py"),
    ],
)
def test_settings_that_only_nbgrader_carries_out_are_refused(
    classroom: Classroom, hand_in: HandIn, filled: Filled, setting: str, told: str
) -> None:
    hand_in("alice", as_bytes(filled()))
    (classroom.root / "nbgrader_local.py").write_text(f"c = get_config()\n{setting}\n")
    with pytest.raises(AutograderError, match=told):
        run(classroom)


def test_a_release_that_the_gradebook_does_not_know_is_refused(
    classroom: Classroom, hand_in: HandIn, filled: Filled
) -> None:
    hand_in("alice", as_bytes(filled()))
    path = classroom.release(TINY)
    path.write_text(path.read_text().replace('check(\\"mean\\", mean)', 'check(\\"mean\\", sum)'))
    with pytest.raises(AutograderError, match=f"cell check-mean.*autograder release {TINY}"):
        run(classroom)


def test_settings_of_the_stock_path_hold_for_the_engine(classroom: Classroom) -> None:
    assert limits_of(classroom) == fast.limits_of(Classroom(classroom.root / "nowhere"))
    (classroom.root / "nbgrader_local.py").write_text(
        "c = get_config()\nc.JudgedExecute.timeout = 7\nc.JudgedExecute.notebook_timeout = 2000\n"
        "c.JudgedExecute.memory_limit = 512\nc.JudgedExecute.max_restarts = 0\n"
    )
    limits = limits_of(classroom)
    assert (limits.cell, limits.notebook, limits.restarts) == (7, 2000, 0)
    assert limits.box.memory_bytes == 512 * 2**20
    assert limits.box.wall_seconds > 2000


# Cut off at any moment


@pytest.fixture(scope="module")
def sixty(tmp_path_factory: pytest.TempPathFactory) -> Classroom:
    """A class of sixty, collected."""
    return drill.make_class(tmp_path_factory.mktemp("sixty"), 60)


@pytest.mark.slow
def test_a_run_that_is_killed_is_finished_by_the_next(sixty: Classroom, tmp_path: Path) -> None:
    for name in ("calm", "drill"):
        (tmp_path / name).mkdir()
    expected = drill.undisturbed(sixty, tmp_path / "calm")
    outcome = drill.drill(sixty, expected, tmp_path / "drill", 4, random.Random(7))
    assert outcome.killed == 4


@pytest.mark.slow
def test_ctrl_c_saves_what_is_done(sixty: Classroom, tmp_path: Path) -> None:
    room = copy_of(sixty, tmp_path / "classroom")
    process = drill.start(room, tmp_path / "scratch", "--jobs", "2")
    assert process.stdout is not None
    done = [process.stdout.readline() for _ in range(5)]
    process.send_signal(signal.SIGINT)
    more, words = process.communicate(timeout=60)
    assert process.returncode == 130
    count = len(done) + more.count("(graded)")
    assert words.strip() == (f"autograder: stopped; {count} graded and saved. Run the same command again for the rest.")
    assert count < 60
    assert drill.check_whole(room) == count
    time.sleep(0.5)
    assert not drill.left_running(tmp_path / "scratch")
    assert not list((tmp_path / "scratch").iterdir()), "temporary files are gone"
    fresh: list[str] = []
    grade(room, TINY, engine="fast", progress=lambda record, new: fresh.extend([record.student] * new))
    assert len(fresh) == 60 - count


# Loose files


def test_loose_files_need_no_classroom(
    content: Content, filled: Filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    places = [tmp_path / name for name in (f"{TINY}.ipynb", "alice.ipynb", "weird name!.ipynb", "b/alice.ipynb")]
    for place in places:
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(as_bytes(filled()))
    places[2].write_bytes(b"")
    records = grade_loose(TINY, places, content, engine="fast")
    stock = grade_loose(TINY, places[1:3], content)
    by_student = {record.student: record for record in records}
    assert [record.student for record in records][1:] == ["alice", "weird_name", "alice-2"]
    assert {student: record.score for student, record in by_student.items()} == {
        records[0].student: 6, "alice": 6, "weird_name": 0, "alice-2": 6,
    }  # fmt: skip
    for record in stock:
        assert record.summary() | {"sandbox": []} == by_student[record.student].summary() | {"sandbox": []}
    assert not list((tmp_path / "scratch").iterdir()), "nothing is left behind"


def test_the_release_is_left_as_it_was(classroom: Classroom, hand_in: HandIn, filled: Filled) -> None:
    before = read_json(classroom.release(TINY))
    hand_in("alice", as_bytes(filled()))
    run(classroom)
    assert read_json(classroom.release(TINY)) == before
