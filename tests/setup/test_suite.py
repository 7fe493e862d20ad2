"""The test command: its steps, its exit status, and that CI skips nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bootstrap import chromium, debian, servers, suite
from bootstrap.layout import Environment, Project

ROOT = Path(__file__).resolve().parents[2]


def test_the_whole_suite() -> None:
    steps = suite.steps([], workers=2)
    commands = [" ".join(step.arguments) for step in steps]
    for wanted in ("ruff check", "mypy", "autograder build --check", "autograder prove", "prove --answers"):
        assert any(wanted in command for command in commands), wanted
    assert "-m pytest" in commands[-1], "pytest's closing line is the last thing to read"
    assert commands[-1].endswith("--dist loadfile tests")


def test_every_file_of_ours_is_linted() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--show-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    linted = {Path(line).relative_to(ROOT) for line in shown.stdout.splitlines()}
    for folder in ("autograder", "course", "setup", "solutions", "tests"):
        written = {path.relative_to(ROOT) for path in (ROOT / folder).rglob("*.py")}
        # What an editor left beside a notebook is not ours.
        assert {path for path in written - linted if ".ipynb_checkpoints" not in path.parts} == set()


def test_one_worker_is_no_distribution() -> None:
    assert "--dist" not in suite.steps([], workers=1)[-1].arguments


def test_arguments_go_to_pytest_alone() -> None:
    [step] = suite.steps(["tests/course", "-k", "softmax"], workers=2)
    assert step.arguments == ("-m", "pytest", "tests/course", "-k", "softmax")


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], dict[str, str]]]:
    """What the suite would start; a command that holds "mypy" fails."""
    started: list[tuple[list[str], dict[str, str]]] = []

    def fake(command: list[str], env: dict[str, str], **_: Any) -> subprocess.CompletedProcess[str]:
        started.append((command, env))
        return subprocess.CompletedProcess(command, 1 if "mypy" in command else 0)

    monkeypatch.setattr(suite.subprocess, "run", fake)
    monkeypatch.setattr(chromium, "find", lambda: "/usr/bin/chromium")
    monkeypatch.setattr(servers, "ensure", list)
    return started


def test_a_failing_step_does_not_stop_the_others(
    ran: list[tuple[list[str], dict[str, str]]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert suite.run(Project(tmp_path), Environment(tmp_path), []) == 1
    assert len(ran) == len(suite.steps([], 2))
    assert capsys.readouterr().out.splitlines()[-1] == "Failed: mypy: types"


def test_nothing_is_skipped_in_ci(
    ran: list[tuple[list[str], dict[str, str]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    monkeypatch.delenv(suite.NO_SKIPS_VARIABLE, raising=False)
    suite.run(Project(tmp_path), Environment(tmp_path), ["x"])
    assert ran[-1][1][suite.NO_SKIPS_VARIABLE] == "1"
    assert ran[-1][1]["CHROMIUM"] == "/usr/bin/chromium"
    assert ran[-1][1]["HF_HUB_OFFLINE"] == "1"
    monkeypatch.setenv("CI", "false")
    suite.run(Project(tmp_path), Environment(tmp_path), ["x"])
    assert suite.NO_SKIPS_VARIABLE not in ran[-1][1]


def test_a_missing_browser_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium, "find", lambda: None)
    monkeypatch.setattr(debian, "may_install", lambda: False)
    found, sentence = chromium.ensure()
    assert found is None
    assert "skipped" in sentence
    assert "apt install chromium" in sentence


def test_a_browser_is_installed_where_that_is_ours_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []
    answers = iter([None, "/usr/bin/chromium"])

    def fake(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(chromium, "find", lambda: next(answers))
    monkeypatch.setattr(debian, "may_install", lambda: True)
    monkeypatch.setattr(debian.subprocess, "run", fake)
    assert chromium.ensure()[0] == "/usr/bin/chromium"
    assert commands[-1][-1] == "chromium"


def test_a_browser_that_cannot_be_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    def fake(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 100, "", "E: Unable to locate package chromium")

    monkeypatch.setattr(chromium, "find", lambda: None)
    monkeypatch.setattr(debian, "may_install", lambda: True)
    monkeypatch.setattr(debian.subprocess, "run", fake)
    assert "E: Unable to locate package chromium" in chromium.ensure()[1]


def test_servers_are_installed_where_that_is_ours_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []

    def install(package: str) -> str:
        asked.append(package)
        if package == "openssl":
            return "E: Unable to locate package openssl"
        (tmp_path / "initdb").touch()
        return ""

    monkeypatch.setenv(servers.POSTGRES_VARIABLE, str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(debian, "may_install", lambda: True)
    monkeypatch.setattr(debian, "install", install)
    missing = servers.ensure()
    assert asked == ["postgresql", "openssl"]
    assert servers.postgres() == tmp_path
    assert "Installing Debian's postgresql" in capsys.readouterr().out
    assert len(missing) == 1
    assert "TLS to a cluster are skipped: apt-get could not install openssl (E: Unable to locate" in missing[0]


def test_missing_servers_are_said_where_installing_is_not_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(servers.POSTGRES_VARIABLE, str(tmp_path))
    monkeypatch.setattr(debian, "may_install", lambda: False)
    assert "sudo apt install postgresql" in servers.ensure()[0]


def test_the_newest_server_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for version in ("9", "15", "17"):
        (tmp_path / version / "bin").mkdir(parents=True)
        if version != "17":
            (tmp_path / version / "bin" / "initdb").touch()
    monkeypatch.delenv(servers.POSTGRES_VARIABLE, raising=False)
    monkeypatch.setattr(servers, "_DEBIANS", tmp_path)
    assert servers.postgres() == tmp_path / "15" / "bin"


def test_a_named_browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "mine"))
    assert chromium.find() is None
    (tmp_path / "mine").touch()
    assert chromium.find() == str(tmp_path / "mine")


def pytest_in(folder: Path, variables: dict[str, str], *further: str) -> subprocess.CompletedProcess[str]:
    """Runs the tests of a folder that has nothing to do with ours."""
    options = ["-q", "-p", "no:cacheprovider", "--rootdir", str(folder), "-c", os.devnull, *further]
    command = [sys.executable, "-m", "pytest", *options, "."]
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("reason", "strict", "status"),
    [("no browser", "1", 1), ("no browser", "", 0), ("not on this system: needs Windows", "1", 0)],
)
def test_a_skip_fails_where_nothing_may_be_skipped(tmp_path: Path, reason: str, strict: str, status: int) -> None:
    (tmp_path / "conftest.py").write_text((ROOT / "conftest.py").read_text())
    (tmp_path / "test_it.py").write_text(
        f"import pytest\n\ndef test_runs(): pass\n\n@pytest.mark.skip(reason={reason!r})\ndef test_skipped(): pass\n"
    )
    variables = {**os.environ, "LLM_FROM_ZERO_NO_SKIPS": strict}
    done = pytest_in(tmp_path, variables)
    assert done.returncode == status, done.stdout
    assert ("where nothing may be skipped" in done.stdout) == bool(status)


def test_whole_lessons_go_out_first_and_one_by_one(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text((ROOT / "conftest.py").read_text())
    lessons = 'import pytest\n\n@pytest.mark.parametrize("name", ["01", "02", "03"])\ndef test_{}(name): {}\n'
    # Longer together than the last lesson, which is still at work when they begin.
    many = "import pytest, time\n\n@pytest.mark.parametrize('n', range(5))\ndef test_many(n): time.sleep(0.3)\n"
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_a.py").write_text("def test_one(): pass\n")
    (tmp_path / "tests" / "test_b.py").write_text(many)
    (tmp_path / "tests" / "test_notebooks.py").write_text(lessons.format("nbval", "import time; time.sleep(0.3)"))
    done = pytest_in(tmp_path, {**os.environ}, "-v", "-v", "-n", "2", "--dist", "loadfile")
    assert done.returncode == 0, done.stdout
    ended = re.findall(r"\[(gw\d)\].* PASSED tests/(\S+)", done.stdout)
    assert {worker for worker, test in ended if "nbval" in test} == {"gw0", "gw1"}
    assert {test for _, test in ended[:2]} == {"test_notebooks.py::test_nbval[03]", "test_notebooks.py::test_nbval[02]"}
    assert ended[-1][1] == "test_b.py::test_many[4]"
    assert len({worker for worker, test in ended if "many" in test}) == 1
