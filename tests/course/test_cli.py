"""The learner's command line: what it says, and that a mistake is one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course.cli import main
from course.prepare import lessons_index
from course.progress import Progress


def test_prepare_progress_handin_reset(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = lessons_index()[0]
    name = first["name"]
    assert main(["prepare"]) == 0
    assert (workspace / name / f"{name}.ipynb").is_file()
    assert f"({name}/{name}.ipynb)" in (workspace / "START.md").read_text(encoding="utf-8")
    exercise = first["exercises"][0]
    Progress().record_attempt(exercise["name"], exercise["points"], exercise["points"], "pass")
    capsys.readouterr()
    assert main(["progress"]) == 0
    said = capsys.readouterr().out
    assert f"{name}: 1 of {len(first['exercises'])} exercises" in said
    assert f"{exercise['name']}: pass" in said
    assert main(["prepare"]) == 0
    assert f"| 1 of {len(first['exercises'])} |" in (workspace / "START.md").read_text(encoding="utf-8")
    capsys.readouterr()
    assert main(["handin", name[:2]]) == 0
    said = capsys.readouterr().out
    handed_in = workspace / "handed-in" / f"{name}.ipynb"
    assert str(handed_in) in said
    assert json.loads(handed_in.read_text(encoding="utf-8"))["metadata"]["course"]["lesson"] == name
    assert main(["reset", name]) == 0
    assert "is kept as .backups/" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["handin", "reset"])
def test_an_unknown_lesson_is_one_sentence(workspace: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert main([command, "77"]) == 1
    captured = capsys.readouterr()
    assert captured.err.startswith("course: There is no lesson '77'. The lessons are: 01_environment")
    assert captured.err.count("\n") == 1


def test_a_workspace_that_cannot_be_made_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("LLM_FROM_ZERO_WORKSPACE", str(tmp_path / "file" / "below"))
    assert main(["prepare"]) == 1
    captured = capsys.readouterr()
    assert captured.err.startswith("course: Not a directory")
    assert captured.err.count("\n") == 1
