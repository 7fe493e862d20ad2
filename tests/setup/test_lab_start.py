"""The way in when all is well, with the miniature course."""

from __future__ import annotations

import os
import re
import socket
import time
import urllib.request
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="not on this system: signals as on POSIX")


def test_first_and_second_start(tiny_course: Any) -> None:
    first = tiny_course.lab()
    assert "Making the environment" in first.text
    assert "torch:" in first.text
    assert first.stop() == 0
    nothing = {"PIP_FIND_LINKS": str(tiny_course.root / "nowhere")}
    second = tiny_course.lab(**nothing)
    assert "Making" not in second.text
    assert second.seconds < 6
    assert re.search(r"server ready after \d+\.\d s", second.text)
    assert second.stop() == 0
    assert "JupyterLab has stopped." in second.text


def test_the_address_works_and_ends_with_the_command(ready_course: Any) -> None:
    started = ready_course.lab()
    found = re.search(r"http://127\.0\.0\.1:(\d+)/lab/workspaces/course/tree/START\.md\?token=\w{16,}", started.text)
    assert found, started.text
    with urllib.request.urlopen(found[0], timeout=5) as answer:
        assert answer.status == 200
    started.stop()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", int(found[1]))) != 0


def test_ending_the_command_ends_the_server(ready_course: Any) -> None:
    """PyCharm's stop button and a closing terminal send SIGTERM or SIGHUP to the command alone."""
    started = ready_course.lab()
    port = int(re.search(r"127\.0\.0\.1:(\d+)", started.text)[1])  # type: ignore[index]
    started.process.terminate()
    assert started.process.wait(timeout=20) == 0
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server is still there")


def test_two_labs_take_two_ports(ready_course: Any) -> None:
    first, second = ready_course.lab(), None
    port = re.search(r"127\.0\.0\.1:(\d+)", first.text)[1]  # type: ignore[index]
    try:
        second = ready_course.lab()
        assert re.search(r"127\.0\.0\.1:(\d+)", second.text)[1] != port  # type: ignore[index]
    finally:
        first.stop()
        if second:
            second.stop()


def test_commands_run_inside_the_environment(ready_course: Any) -> None:
    done = ready_course.run("course", "path")
    assert done.returncode == 0
    assert done.stdout.strip() == str(ready_course.environment.programs)
    assert ready_course.run("course", "nonsense").returncode == 7


def test_test_packages_come_with_the_test_command(tiny_course: Any) -> None:
    done = tiny_course.run("test", "--version")
    # the miniature has no pytest: what matters is that its test packages came and that its failure is reported
    assert done.returncode == 1
    assert "Failed: pytest" in done.stdout
    assert list((tiny_course.root / ".venv").glob("lib/*/site-packages/omega-1.0.dist-info"))
    assert "with test packages" in tiny_course.run("doctor").stdout


def test_an_update_of_the_lock_is_installed(tiny_course: Any, wheel: Any) -> None:
    assert tiny_course.run("course", "prepare").returncode == 0
    lock = tiny_course.root / "setup" / "requirements.lock"
    lock.write_text(lock.read_text().replace("alpha==1.0", "alpha==1.1"))
    wheel(tiny_course.wheels, "alpha", {"alpha.py": ""}, version="1.1")
    done = tiny_course.run("course", "prepare")
    assert done.returncode == 0, done.stderr
    assert "Making" not in done.stdout
    assert list((tiny_course.root / ".venv").glob("lib/*/site-packages/alpha-1.1.dist-info"))


def test_no_command_is_told_what_there_is(ready_course: Any) -> None:
    done = ready_course.run()
    assert done.returncode == 2
    assert "usage:" in done.stderr
    for name in ("lab", "test", "doctor", "course", "autograder", "resources"):
        assert name in ready_course.run("--help").stdout
