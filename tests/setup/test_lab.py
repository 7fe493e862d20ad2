"""Starting JupyterLab: ports, settings, and a server that does not come up."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bootstrap import lab
from bootstrap.layout import Environment, Project
from bootstrap.stop import Stop


@pytest.fixture
def taken() -> int:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    port: int = listener.getsockname()[1]
    _OPEN.append(listener)
    return port


_OPEN: list[socket.socket] = []


def test_a_taken_port_is_named_with_another_one(taken: int) -> None:
    with pytest.raises(Stop) as ending:
        lab.free_port(taken)
    assert f"Port {taken} is taken" in str(ending.value)
    suggested = int(str(ending.value).split("--port ")[1].split(",")[0])
    assert lab.is_free(suggested)


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_impossible_ports(port: int) -> None:
    with pytest.raises(Stop, match=f"no port {port}"):
        lab.free_port(port)


def test_without_a_wish_the_next_free_port(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lab, "FIRST_PORT", taken)
    found = lab.free_port(None)
    assert found > taken
    assert lab.is_free(found)


def test_when_every_port_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lab, "is_free", lambda port: False)
    with pytest.raises(Stop, match="choose one yourself with --port"):
        lab.free_port(None)


def test_a_learner_sees_the_working_copy(tmp_path: Path) -> None:
    start = lab.plan(Project(tmp_path), None, True, None)
    assert start.folder == tmp_path / "workspace"
    assert start.path == "/lab/workspaces/course/tree/START.md"
    assert [path.name for path in start.configuration] == ["learner", "jupyter"]


def test_an_instructor_sees_the_classroom_with_formgrader(tmp_path: Path) -> None:
    (tmp_path / "class").mkdir()
    start = lab.plan(Project(tmp_path), None, True, tmp_path / "class")
    assert start.folder == tmp_path / "class"
    assert start.path == "/lab/workspaces/course"
    assert [path.name for path in start.configuration] == ["jupyter"]
    with pytest.raises(Stop, match="no folder"):
        lab.plan(Project(tmp_path), None, True, tmp_path / "nowhere")


def test_the_working_copy_can_be_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM_FROM_ZERO_WORKSPACE", str(tmp_path / "mine"))
    assert lab.plan(Project(tmp_path / "course"), None, True, None).folder == tmp_path / "mine"


def test_the_server_is_for_this_machine_alone(tmp_path: Path) -> None:
    start = lab.Start(tmp_path, "START.md", 9999, False, (tmp_path / "settings",))
    arguments = lab.command(Environment(tmp_path / "venv"), start, tmp_path / "state")
    assert "--ServerApp.ip=127.0.0.1" in arguments
    assert "--ServerApp.port=9999" in arguments
    assert "--ServerApp.port_retries=0" in arguments
    assert "--LabApp.extension_manager=readonly" in arguments
    assert f"--LabApp.workspaces_dir={tmp_path / 'state' / 'lab-workspaces'}" in arguments
    assert not [argument for argument in arguments if "token" in argument], "another user of the machine could read it"


def test_settings_come_first_and_ones_own_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/their/own")
    start = lab.Start(tmp_path, "", 9999, False, (tmp_path / "a", tmp_path / "b"))
    variables = lab.variables(Environment(tmp_path / "venv", windows=False), start, "secret")
    assert (
        variables["JUPYTER_CONFIG_PATH"]
        == f"{tmp_path / 'a'}{lab.os.pathsep}{tmp_path / 'b'}{lab.os.pathsep}/their/own"
    )
    assert variables["JUPYTER_TOKEN"] == "secret"
    assert variables["PATH"].startswith(str(tmp_path / "venv" / "bin"))


def test_a_server_that_ends_at_once(tmp_path: Path) -> None:
    log = tmp_path / "lab.log"
    log.write_text("first\nModuleNotFoundError: No module named 'tornado'\n\n")
    server = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(Stop) as ending:
        lab.wait_until_ready(server, lab.free_port(None), log)
    assert "did not start (ModuleNotFoundError: No module named 'tornado')" in str(ending.value)
    assert "doctor" in str(ending.value)
    assert str(log) in str(ending.value)


def test_a_server_that_never_answers(tmp_path: Path) -> None:
    log = tmp_path / "lab.log"
    log.touch()
    server = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    with pytest.raises(Stop, match="did not answer within"):
        lab.wait_until_ready(server, lab.free_port(None), log, limit=0.3)
    assert server.wait(timeout=5) != 0


@pytest.mark.parametrize(("windows", "conda", "python"), [
    (False, False, "bin/python"),
    (True, False, "Scripts/python.exe"),
    (True, True, "python.exe"),
    (False, True, "bin/python"),
])  # fmt: skip
def test_paths_on_every_system(windows: bool, conda: bool, python: str) -> None:
    environment = Environment(Path("/course/.venv"), windows=windows, conda=conda)
    assert environment.python == Path("/course/.venv") / python
    assert environment.programs.name == ("Scripts" if windows else "bin")


def test_children_get_the_environment_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHOME", "/broken")
    variables = Environment(Path("/course/.venv"), windows=False).variables(EXTRA="1")
    assert variables["PATH"].split(lab.os.pathsep)[0] == str(Path("/course/.venv/bin"))
    assert variables["VIRTUAL_ENV"] == str(Path("/course/.venv"))
    assert "PYTHONHOME" not in variables
    assert variables["EXTRA"] == "1"
