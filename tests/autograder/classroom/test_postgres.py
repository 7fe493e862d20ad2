"""A whole class on a gradebook in PostgreSQL: the rows are those that SQLite gets."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from autograder.classroom.collect import collect
from autograder.classroom.export import export
from autograder.classroom.feedback import feedback
from autograder.classroom.folder import Classroom, Content
from autograder.classroom.grade import grade
from autograder.classroom.gradebook import Book, Entry
from autograder.classroom.release import release
from autograder.cli import main
from autograder.errors import AutograderError
from bootstrap import servers
from tests.autograder.classroom import drill
from tests.autograder.classroom.postgres import Server, running_server
from tests.autograder.classroom.tiny import TINY, Filled, as_bytes, copy_of, scores_in_gradebook, stock

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

SQUARED = "def double(x):\n    return x * x"
DUE = datetime(2026, 3, 1, 12)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server for the module."""
    found = servers.postgres()
    if found is None:
        pytest.skip("PostgreSQL's server is not installed (on Debian: apt install postgresql, or set POSTGRES_BIN)")
    with running_server(found) as running:
        yield running


def settings(url: str) -> str:
    """A class's own settings."""
    place = f"c.CourseDirectory.db_url = {url!r}\n" if url else ""
    return f"c = get_config()\n{place}c.LateSubmissionPlugin.penalty_method = 'zero'\n"


def make_class(root: Path, content: Content, filled: Filled, url: str) -> Classroom:
    """Release, and collect from four; one is late, one cannot be read."""
    room = Classroom(root)
    room.prepare()
    (room.root / "nbgrader_local.py").write_text(settings(url))
    release(room, TINY, content)
    with room.gradebook() as gradebook:
        gradebook.update_or_create_assignment(TINY, duedate=DUE)
    handed_in = {
        "alice": as_bytes(filled(double=SQUARED)),
        "bob": b"{broken",
        "dave": as_bytes(filled()),
        "Zoë Ähm": as_bytes(filled(mean="def mean(values):\n    return sum(values)")),
    }
    for student, data in handed_in.items():
        path = root.parent / "in.ipynb"
        path.write_bytes(data)
        late = timedelta(minutes=5) if student == "dave" else timedelta(hours=-1)
        assert collect(room, TINY, [path], student.replace(" ", "_"), clock=lambda late=late: DUE + late).receipts
    return room


@pytest.fixture
def room(server: Server, content: Content, filled: Filled, tmp_path: Path) -> Iterator[Classroom]:
    """The class with its gradebook on the server, in the database ``course``."""
    yield make_class(tmp_path / "classroom", content, filled, server.create("course"))
    server.run("dropdb", "-f", "-h", str(server.folder), "-U", "teacher", "course")


@pytest.fixture
def twin(content: Content, filled: Filled, tmp_path: Path) -> Classroom:
    """The same class with its gradebook in a file."""
    (tmp_path / "twin").mkdir()
    return make_class(tmp_path / "twin" / "classroom", content, filled, "")


def fresh(room: Classroom) -> list[str]:
    """Grade; who was graded just now."""
    graded: list[str] = []
    grade(room, TINY, engine="fast", jobs=2, progress=lambda record, new: graded.extend([record.student] * new))
    return sorted(graded)


def test_a_whole_class_loop(room: Classroom, twin: Classroom, server: Server, filled: Filled, tmp_path: Path) -> None:
    classes = (room, twin)
    for one in classes:
        assert len(fresh(one)) == 4
        assert fresh(one) == [], "the ledger says what is done"
    ours, theirs = drill.rows_of(room, server.url("course")), drill.rows_of(twin)
    assert ours == theirs
    assert len(ours["ledger"]) == 4
    assert {row[0]: row[2] for row in ours["submissions"]}["dave"] == 6.0, "late"
    assert not (room.root / "gradebook.db").exists()

    # A person grades by hand, and the learner hands in again.
    for one in classes:
        with one.gradebook() as gradebook:
            given = gradebook.find_grade("check-double", TINY, TINY, "alice")
            given.manual_score, given.needs_manual_grade, given.extra_credit = 1.75, False, 0.5
            gradebook.find_comment("double", TINY, TINY, "alice").manual_comment = "Nearly, Zoë."
            gradebook.grant_extension(TINY, "dave", hours=2)
            gradebook.db.commit()
        (one.submitted("alice", TINY) / f"{TINY}.ipynb").write_bytes(as_bytes(filled()))
        assert fresh(one) == ["alice"]
        grade(one, TINY, ["dave"], engine="fast", again=True)
    ours, theirs = drill.rows_of(room, server.url("course")), drill.rows_of(twin)
    assert ours == theirs
    assert ("alice", "check-double", 2.0, 1.75, 0.5, 1) in ours["grades"]
    assert ("alice", "double", None, "Nearly, Zoë.") in ours["comments"]
    assert {row[0]: row[2] for row in ours["submissions"]}["dave"] is None, "extended"

    pages = [feedback(one, TINY).pages for one in classes]
    assert pages[0].keys() == pages[1].keys()
    assert len(pages[0]) == 4
    assert "Nearly, Zoë." in pages[0]["alice"].read_text(encoding="utf-8")
    tables = [export(one, tmp_path / f"{i}.csv").read_text(encoding="utf-8") for i, one in enumerate(classes)]
    # nbgrader asks for no order, so each database gives its own.
    assert sorted(tables[0].splitlines()) == sorted(tables[1].splitlines())
    assert ",6.25," in next(line for line in tables[0].splitlines() if "alice" in line)

    # What Formgrader asks for.
    told = []
    for one in classes:
        api = one.api()
        asked: list[Any] = [api.get_submissions(TINY), api.get_students(), api.get_assignments()]
        asked += [api.get_notebooks(TINY), api.get_student_submissions("alice")]
        asked.append(api.get_notebook_submissions(TINY, TINY))
        told.append([without_ids(answer) for answer in asked])
    assert told[0] == told[1]


def without_ids(answer: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What Formgrader is told, without numbers that are drawn at random, and what depends on them."""
    drawn = ("id", "index")
    return sorted(({k: v for k, v in row.items() if k not in drawn} for row in answer), key=repr)


def test_nbgraders_own_autograde_gives_the_same(room: Classroom, server: Server, tmp_path: Path) -> None:
    fresh(room)
    theirs = copy_of(room, tmp_path / "stock")
    for folder in (theirs.root / "autograded").iterdir():
        for path in folder.rglob("*"):
            path.chmod(0o700)
    url = server.create("stock")
    (theirs.root / "nbgrader_local.py").write_text(settings(url))
    made = stock(theirs, "generate_assignment", TINY, "--force", "--create")
    assert made.returncode == 0, made.stderr
    with theirs.gradebook() as gradebook:
        gradebook.update_or_create_assignment(TINY, duedate=DUE)
    done = stock(theirs, "autograde", TINY, "--force", "--create")
    assert done.returncode == 0, done.stderr
    mine = drill.rows_of(room, server.url("course"))
    assert {name: table for name, table in mine.items() if name != "ledger"} == drill.rows_of(theirs, url)
    assert scores_in_gradebook(theirs, TINY)["alice"] == {"double": 0.5, "mean": 3.0, "quadruple": 0.0}


def test_a_batch_outlives_a_cut_connection_and_a_row_that_was_there_first(
    room: Classroom, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with room.gradebook() as gradebook:
        book = Book(gradebook, TINY, lambda *_: None)
        others = create_engine(server.url("course"))
        entry = Entry("erin", None, dict.fromkeys(book._graded, 1.0), {}, key="k")

        def cut() -> None:
            with others.connect() as connection:
                connection.execute(text(
                    "select pg_terminate_backend(pid) from pg_stat_activity "
                    "where pid <> pg_backend_pid() and datname = 'course'"
                ))  # fmt: skip

        def first() -> None:
            # Formgrader makes the student while our transaction runs: PostgreSQL aborts it as a whole.
            with others.begin() as connection:
                connection.execute(text("insert into student (id) values ('erin')"))

        happenings = [cut, first]
        whole = book._submissions

        def submissions(connection: Any, batch: Any) -> Any:
            if happenings and happenings[0] is cut:
                happenings.pop(0)()
            return whole(connection, batch)

        from autograder.classroom import gradebook as module

        insert = module._insert

        def inserting(connection: Any, table: Any, made: Any) -> None:
            if made and table is module.STUDENTS and happenings and happenings[0] is first:
                happenings.pop(0)()
            insert(connection, table, made)

        monkeypatch.setattr(book, "_submissions", submissions)
        monkeypatch.setattr(module, "_insert", inserting)
        book.write([entry])
        assert not happenings, "both happened, and the third try held"
        assert book.keys() == {"erin": "k"}
        others.dispose()
    grades = [row for row in drill.rows_of(room, server.url("course"))["grades"] if row[0] == "erin"]
    assert [row[2] for row in grades] == [1.0] * 3


def test_two_writers_that_wait_for_each_other(room: Classroom, server: Server) -> None:
    """Batches with the same students in opposite order, again and again: PostgreSQL ends one of two that deadlock."""
    failures: list[BaseException] = []
    students = [f"s{number:02d}" for number in range(12)]

    def write(order: list[str]) -> None:
        try:
            with room.gradebook() as gradebook:
                book = Book(gradebook, TINY, lambda *_: None)
                for _ in range(10):
                    book.write([Entry(s, None, dict.fromkeys(book._graded, 1.0), {}, key="k") for s in order])
        except BaseException as error:
            failures.append(error)

    write(students)
    threads = [threading.Thread(target=write, args=(order,)) for order in (students, students[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not failures
    mine = drill.rows_of(room, server.url("course"))
    assert sorted(row[1] for row in mine["ledger"]) == students
    assert len([row for row in mine["grades"] if row[0] in students]) == 36


# What is refused, in a sentence


def refused(room: Classroom, url: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What commands say where the database cannot be used: the same sentence, and no traceback."""
    (room.root / "nbgrader_local.py").write_text(settings(url))
    place = ["--classroom", str(room.root)]
    said = set()
    for command in (["grade", TINY, *place], ["export", "--to", "x.csv", *place],
                    ["grade", TINY, "--engine", "nbgrader", *place]):  # fmt: skip
        assert main(command) == 1
        lines = capsys.readouterr().err.strip().splitlines()
        assert len(lines) == 1, lines
        said.add(lines[0])
    assert len(said) == 1, said
    return said.pop()


@pytest.fixture
def one_in(classroom: Classroom, filled: Filled, tmp_path: Path) -> Classroom:
    """A classroom with one submission."""
    path = tmp_path / "in.ipynb"
    path.write_bytes(as_bytes(filled()))
    collect(classroom, TINY, [path], "alice")
    return classroom


def test_a_server_that_is_not_there(one_in: Classroom, capsys: pytest.CaptureFixture[str]) -> None:
    told = refused(one_in, "postgresql+psycopg://teacher:secret-word@127.0.0.1:1/course", capsys)
    assert "database postgresql+psycopg://teacher:***@127.0.0.1:1/course cannot be reached" in told
    assert "start the server" in told
    assert "secret-word" not in told


def test_a_database_that_is_not_there(server: Server, one_in: Classroom, capsys: pytest.CaptureFixture[str]) -> None:
    assert 'database "nowhere" does not exist' in refused(one_in, server.url("nowhere"), capsys)


def test_drivers_and_addresses_that_are_not_there(
    one_in: Classroom, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "begin it with postgresql+psycopg://" in refused(one_in, "postgresql+pg8000://h/course", capsys)
    for url in ("nonsense", "nonsense://teacher:secret-word@h/course"):
        told = refused(one_in, url, capsys)
        assert "is no address of a database" in told
        assert "secret-word" not in told
    monkeypatch.setitem(sys.modules, "psycopg", None)
    told = refused(one_in, "postgresql+psycopg://h/course", capsys)
    assert "A gradebook on PostgreSQL needs the package psycopg" in told
    assert "-m pip install -e '.[cluster]'" in told


def test_a_server_that_goes_away_while_grading(
    room: Classroom, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh(room)
    stopped = False
    whole = Book.write

    def write(self: Book, batch: Any) -> None:
        nonlocal stopped
        if not stopped:
            stopped = True
            server.stop()
        whole(self, batch)

    monkeypatch.setattr(Book, "write", write)
    try:
        with pytest.raises(AutograderError, match=r"The gradebook cannot be written \(.*run this again"):
            grade(room, TINY, engine="fast", jobs=2, again=True)
    finally:
        server.start()
    monkeypatch.undo()
    assert len(fresh(room)) == 4, "nothing was taken for done"
