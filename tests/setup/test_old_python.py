"""setup/run.py under a Python that is too old."""

from __future__ import annotations

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "setup" / "run.py"


@pytest.fixture
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("run_script", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_one_sentence_and_a_status(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 2, "final", 0))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SystemExit) as ending:
        script.refuse_old_python()
    assert ending.value.code == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "needs Python 3.11 or newer and this is Python 3.10.2" in said
    assert "python.org" in said


def test_a_newer_python_on_this_computer_is_named(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "python3.12").touch()
    monkeypatch.setattr(sys, "version_info", (3, 9, 0, "final", 0))
    monkeypatch.setattr(sys, "argv", ["setup/run.py", "lab", "--port", "9000"])
    monkeypatch.setenv("PATH", os.pathsep.join(["/nowhere", str(tmp_path)]))
    with pytest.raises(SystemExit):
        script.refuse_old_python()
    assert "python3.12 setup/run.py lab --port 9000" in capsys.readouterr().err


def test_this_python_is_new_enough(script: ModuleType) -> None:
    script.refuse_old_python()


def test_the_script_holds_nothing_that_an_old_python_cannot_read() -> None:
    text = SCRIPT.read_text(encoding="utf-8")
    tree = ast.parse(text, feature_version=(3, 4))
    modern = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.AsyncFunctionDef, ast.Match)
    assert not [node for node in ast.walk(tree) if isinstance(node, modern)]
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.returns]
    text.encode("ascii")


def old_pythons() -> list[str]:
    names = ["python2", "python2.7", *(f"python3.{minor}" for minor in range(4, 11))]
    found = [path for path in map(shutil.which, names) if path]
    works = [path for path in found if subprocess.run([path, "-c", ""], capture_output=True).returncode == 0]
    versions = Path.home() / ".pyenv" / "versions"
    return works + [
        str(path / "bin" / "python") for path in versions.glob("[23].*") if path.name.split(".")[1] in "6789"
    ]


def test_with_the_old_pythons_of_this_machine() -> None:
    """Where there is none, the tests above have to do."""
    for python in old_pythons():
        done = subprocess.run([python, str(SCRIPT), "lab"], capture_output=True, text=True)
        assert done.returncode == 1
        assert "needs Python 3.11 or newer" in done.stderr
        assert done.stderr.count("\n") == 1
