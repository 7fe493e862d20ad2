from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from autograder.classroom.cli import add_commands
from autograder.classroom.folder import Classroom, Content
from autograder.errors import AutograderError
from tests.autograder.classroom.tiny import TINY, Filled, as_bytes


def run(*arguments: str | Path) -> int:
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers(required=True))
    parsed = parser.parse_args([str(argument) for argument in arguments])
    return int(parsed.run(parsed))


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, content: Content) -> None:
    """The tiny lesson's checkout as the one that commands find."""
    monkeypatch.setattr("autograder.classroom.folder.Content", lambda: content)


@pytest.mark.usefixtures("here")
def test_the_whole_loop(
    tmp_path: Path, filled: Filled, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    room = ("--classroom", tmp_path / "room")
    assert run("release", "90", *room) == 0
    assert "Hand out" in capsys.readouterr().out

    Path("in").mkdir()
    Path("in/alice.ipynb").write_bytes(as_bytes(filled()))
    assert run("collect", "90", "in", *room) == 0
    assert "1 submission collected." in capsys.readouterr().out
    Path("in/bo b.ipynb").write_bytes(b"")
    assert run("collect", "90", "in", *room) == 1
    assert "Not taken: bo b.ipynb: 'bo b' cannot name a student" in capsys.readouterr().out

    assert run("grade", "90", *room, "--json", "out.json") == 0
    assert "alice: 6 of 6 (graded)" in capsys.readouterr().out
    assert json.loads(Path("out.json").read_text())[0]["score"] == 6.0
    assert run("grade", "90", *room, "--student", "alice") == 0
    assert "unchanged since it was graded" in capsys.readouterr().out

    assert run("feedback", "90", *room) == 0
    assert f"{TINY}.html" in capsys.readouterr().out
    assert run("export", *room, "--to", "grades.csv") == 0
    assert "alice" in Path("grades.csv").read_text()

    assert run("grade", "90", "in/alice.ipynb", "--engine", "nbgrader", "--json", "loose.json") == 0
    (ours,), (stock,) = (json.loads(Path(name).read_text()) for name in ("out.json", "loose.json"))
    assert {"landlock", "seccomp", "no_new_privs", "limits"} <= {layer.split()[0] for layer in ours["sandbox"]}
    assert stock == {**ours, "sandbox": []}


@pytest.mark.usefixtures("here")
def test_a_grader_error_shows_in_the_exit_code(
    classroom: Classroom, tmp_path: Path, filled: Filled, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "alice.ipynb").write_bytes(as_bytes(filled()))
    run("collect", "90", tmp_path / "alice.ipynb", "--classroom", classroom.root)
    (classroom.keys(TINY) / "mean.json").unlink()
    assert run("grade", "90", "--classroom", classroom.root) == 1
    assert "The grader failed on 1" in capsys.readouterr().out


def test_students_and_notebooks_do_not_go_together(tmp_path: Path) -> None:
    with pytest.raises(AutograderError, match="leave it out"):
        run("grade", "90", tmp_path / "x.ipynb", "--student", "alice")


def test_the_default_classroom_is_the_one_that_git_ignores() -> None:
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers())
    root = Path(__file__).resolve().parents[3]
    assert parser.parse_args(["feedback", "90"]).classroom == root / "classroom"
    assert "/classroom/" in (root / ".gitignore").read_text().splitlines()
