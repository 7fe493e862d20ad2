"""nbgrader's own pages on our folders: Formgrader on a classroom, the Validate button on a student release."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.build.builder import read_source
from autograder.classroom.collect import collect
from autograder.classroom.folder import Classroom, Content
from tests.autograder.classroom.tiny import RIGHT, TINY, as_bytes, copy_of, filled_in, read_json, scores_in_gradebook

pytestmark = pytest.mark.slow

LESSON = "01_environment"
ROOT = Path(__file__).resolve().parents[3]
Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, released: Classroom) -> Classroom:
    """A classroom with one submission of the tiny lesson, and beside it a real release, untouched and solved."""
    folder = tmp_path_factory.mktemp("served")
    made = copy_of(released, folder / "classroom")
    (folder / "alice.ipynb").write_bytes(as_bytes(filled_in(read_json(made.release(TINY)), RIGHT)))
    collect(made, TINY, [folder / "alice.ipynb"])
    shutil.copyfile(Content().release(LESSON), made.root / "untouched.ipynb")
    solutions = read_source(LESSON).workbench.solutions
    solved = filled_in(read_json(Content().release(LESSON)), solutions)
    (made.root / "solved.ipynb").write_bytes(as_bytes(solved))
    return made


@pytest.fixture(scope="module")
def ask(room: Classroom, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """A Jupyter server in the classroom, started as an instructor would, but with nothing activated."""
    home = tmp_path_factory.mktemp("home")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "LLM_FROM_ZERO_WORKSPACE": str(home / "workspace"),
    }
    options = [f"--port={port}", "--IdentityProvider.token=t", "--no-browser", "--allow-root"]
    command = [sys.executable, "-m", "jupyter_server", *options, "--ServerApp.disable_check_xsrf=True"]
    log = (home / "log").open("w")
    server = subprocess.Popen(command, cwd=room.root, env=environment, stdout=log, stderr=log)

    def request(path: str, method: str = "GET") -> Any:
        url = f"http://127.0.0.1:{port}/{path}"
        asked = urllib.request.Request(url, method=method, headers={"Authorization": "token t"})
        with urllib.request.urlopen(asked, timeout=200) as answer:
            text = answer.read().decode()
        return json.loads(text) if text.startswith(("{", "[")) else text

    try:
        for _ in range(120):
            try:
                request("api/status")
                break
            except (urllib.error.URLError, ConnectionError):
                assert server.poll() is None, (home / "log").read_text()
                time.sleep(0.5)
        yield request
    finally:
        server.terminate()
        server.wait(30)
        log.close()


def test_formgrader_lists_the_class(ask: Ask) -> None:
    (assignment,) = ask("formgrader/api/assignments")
    assert (assignment["name"], assignment["max_score"]) == (TINY, 6.0)
    (submission,) = ask(f"formgrader/api/submissions/{TINY}")
    assert submission["student"] == "alice"


def test_formgraders_button_grades_with_the_hidden_judge(ask: Ask, room: Classroom) -> None:
    done = ask(f"formgrader/api/submission/{TINY}/alice/autograde", "POST")
    assert done["success"], done
    assert ask(f"formgrader/api/submission/{TINY}/alice")["score"] == 6.0
    assert scores_in_gradebook(room, TINY) == {"alice": {"double": 2.0, "mean": 3.0, "quadruple": 1.0}}
    assert "CANARY-HIDDEN-NAME" in (room.autograded("alice", TINY) / f"{TINY}.ipynb").read_text(encoding="utf-8")


def test_formgrader_shows_the_card_of_a_submission(ask: Ask) -> None:
    (notebook,) = ask(f"formgrader/api/submitted_notebooks/{TINY}/{TINY}")
    page = ask(f"formgrader/submissions/{notebook['id']}/")
    assert "All of it is right." in page


def test_validate_names_every_check_of_an_untouched_release(ask: Ask) -> None:
    answer = ask("assignments/validate?path=untouched.ipynb", "POST")
    assert answer["success"], answer
    names = [re.findall(r'check\("(\w+)"', failed["source"])[0] for failed in answer["value"]["failed"]]
    assert names == [exercise.name for exercise in read_source(LESSON).lesson.exercises]
    assert {failed["raw_error"] for failed in answer["value"]["failed"]} == {
        "Partial credit; passed some but not all of the tests"
    }


def test_validate_has_nothing_to_say_of_a_solved_release(ask: Ask) -> None:
    assert ask("assignments/validate?path=solved.ipynb", "POST") == {"success": True, "value": {}}
