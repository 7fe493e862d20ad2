"""The solution notebooks run again, offline, with the committed outputs; tables are up to date."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.build.builder import outputs_differ, solution_path
from autograder.environment import ENVIRONMENT
from autograder.listing import stale
from autograder.places import ROOT, lesson_names, load_contract

OFFLINE = ROOT / "tests" / "offline"


def closed(tmp_path: Path) -> dict[str, str]:
    """The environment of the build, with a workspace of its own and without a network."""
    path = os.pathsep.join([str(OFFLINE), str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    return {
        **os.environ, **ENVIRONMENT, "PYTHONPATH": path, "LLM_FROM_ZERO_WORKSPACE": str(tmp_path),
        "IPYTHONDIR": str(tmp_path / "ipython"), "COURSE_JUDGE": "",
    }  # fmt: skip


def test_the_network_is_closed_and_loopback_is_not(tmp_path: Path) -> None:
    code = """
import socket
for ask in (
    lambda: socket.create_connection(("192.0.2.1", 80), 1),
    lambda: socket.getaddrinfo("example.org", 80),
):
    try:
        ask()
    except ConnectionRefusedError as error:
        assert "closed in this test" in str(error)
    else:
        raise SystemExit("reached")
server = socket.create_server(("127.0.0.1", 0))
socket.create_connection(server.getsockname(), 1)
"""
    subprocess.run([sys.executable, "-c", code], check=True, env=closed(tmp_path))


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", lesson_names())
def test_nbval_finds_the_committed_outputs_with_the_network_closed(name: str, tmp_path: Path) -> None:
    command = [
        sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-o", "addopts=",
        "-p", "tests.nbval_outputs", "--nbval", "--nbval-current-env", "--nbval-cell-timeout", "300",
        "--rootdir", str(solution_path(name).parent), str(solution_path(name)),
    ]  # fmt: skip
    shown = tmp_path / "outputs.json"
    environment = {**closed(tmp_path), "NBVAL_OUTPUTS": str(shown)}
    run = subprocess.run(command, cwd=solution_path(name).parent, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout[-6000:]
    assert " passed" in run.stdout
    # What nbval passes over, such as pictures, is compared as the build does: to the byte.
    cells = [cell.id for cell in nbformat.read(solution_path(name), as_version=4).cells if cell.cell_type == "code"]
    outputs = json.loads(shown.read_text(encoding="utf-8"))
    assert outputs_differ(name, dict(zip(cells, outputs, strict=True))) == ""


def test_the_tables_of_lessons_are_up_to_date() -> None:
    assert stale([load_contract(name) for name in lesson_names()]) == {}
