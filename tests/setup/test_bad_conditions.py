"""Everything that goes wrong for people: one sentence with the remedy, a non-zero exit, and the next start works."""

from __future__ import annotations

import http.server
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="not on this system: signals and scripts as on POSIX")


def one_sentence(text: str) -> bool:
    return len(text.strip().splitlines()) == 1 and "Traceback" not in text


@contextmanager
def index(wheels: Path, dies_after: int) -> Iterator[str]:
    """A package index that answers a number of requests and then hangs up."""
    served = {"count": 0}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served["count"] += 1
            if served["count"] > dies_after:
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            parts = self.path.strip("/").split("/")
            if parts[0] == "simple":
                names = [path.name for path in wheels.glob(f"{parts[1].replace('-', '_')}-*.whl")]
                body = "".join(f'<a href="/files/{name}">{name}</a>' for name in names).encode()
                kind = "text/html"
            else:
                body, kind = (wheels / parts[-1]).read_bytes(), "application/octet-stream"
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/simple"
    finally:
        server.shutdown()


def online(tiny: Any, url: str) -> dict[str, str]:
    """pip's settings for an index over HTTP instead of a folder."""
    for name in ("PIP_NO_INDEX", "PIP_FIND_LINKS"):
        tiny.variables.pop(name, None)
    return {"PIP_INDEX_URL": url, "PIP_NO_CACHE_DIR": "1", "NO_PROXY": "127.0.0.1"}


def test_index_unreachable_half_way(tiny_course: Any) -> None:
    with index(tiny_course.wheels, dies_after=4) as url:
        done = tiny_course.run("lab", "--no-browser", **online(tiny_course, url))
    assert done.returncode == 1
    assert one_sentence(done.stderr)
    assert "stopped answering after" in done.stderr
    assert "run the same command again" in done.stderr
    assert not (tiny_course.root / ".venv").exists()
    with index(tiny_course.wheels, dies_after=1000) as url:
        again = tiny_course.run("course", "prepare", **online(tiny_course, url))
    assert again.returncode == 0, again.stderr


def test_no_network(tiny_course: Any) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}/simple"
        done = tiny_course.run("lab", "--no-browser", **online(tiny_course, url))
    assert done.returncode == 1
    assert one_sentence(done.stderr)
    assert "The package index does not answer: connect to the network" in done.stderr
    assert not (tiny_course.root / ".venv").exists()


def test_index_lacks_a_package(tiny_course: Any) -> None:
    (tiny_course.wheels / "alpha-1.0-py3-none-any.whl").unlink()
    done = tiny_course.run("lab", "--no-browser")
    assert done.returncode == 1
    assert one_sentence(done.stderr)
    assert "no alpha==1.0 for this Python" in done.stderr


def test_killed_while_installing(tiny_course: Any) -> None:
    """The power fails: the next start recognises the half-made environment and makes it anew."""
    environment = tiny_course.root / ".venv"
    process = subprocess.Popen(
        [sys.executable, str(tiny_course.root / "setup" / "run.py"), "course", "prepare"],
        env=tiny_course.variables,
        cwd=tiny_course.root,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    stamp = environment / "llm-from-zero.json"
    while not stamp.exists():
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert json.loads(stamp.read_text())["state"] == "making"
    done = tiny_course.run("course", "prepare")
    assert done.returncode == 0, done.stderr
    assert "cut short" in done.stdout
    assert json.loads(stamp.read_text())["state"] == "ready"


def test_interrupted_by_the_learner(tiny_course: Any) -> None:
    process = subprocess.Popen(
        [sys.executable, str(tiny_course.root / "setup" / "run.py"), "course", "prepare"],
        env=tiny_course.variables,
        cwd=tiny_course.root,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not (tiny_course.root / ".venv" / "llm-from-zero.json").exists():
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert one_sentence(said)
    assert "Nothing is broken" in said
    assert not (tiny_course.root / ".venv").exists()


def test_broken_environment(ready_course: Any) -> None:
    python = ready_course.environment.python
    target = os.readlink(python)
    python.unlink()
    python.symlink_to("/nowhere/python3")
    try:
        done = ready_course.run("lab", "--no-browser")
    finally:
        python.unlink()
        python.symlink_to(target)
    assert done.returncode == 1
    assert one_sentence(done.stderr)
    assert "broken" in done.stderr
    assert "lab --rebuild" in done.stderr
    assert ready_course.run("course", "prepare").returncode == 0


@pytest.mark.parametrize(("version", "words"), [("3.10.4", "needs 3.11 or newer"), ("3.99.0", "now has Python 3.99.0")])
def test_environment_from_another_python(ready_course: Any, version: str, words: str) -> None:
    python = ready_course.environment.python
    target = os.readlink(python)
    python.unlink()
    python.write_text(f"#!/bin/sh\necho {version}\n")
    python.chmod(0o755)
    try:
        done = ready_course.run("lab", "--no-browser")
    finally:
        python.unlink()
        python.symlink_to(target)
    assert done.returncode == 1
    assert one_sentence(done.stderr)
    assert words in done.stderr
    assert "lab --rebuild" in done.stderr


def test_environment_that_was_moved(ready_course: Any) -> None:
    moved = ready_course.root.with_name("moved")
    ready_course.root.rename(moved)
    try:
        done = subprocess.run(
            [sys.executable, str(moved / "setup" / "run.py"), "lab", "--no-browser"],
            env=ready_course.variables,
            capture_output=True,
            text=True,
            timeout=60,
        )
    finally:
        moved.rename(ready_course.root)
    assert done.returncode == 1
    assert one_sentence(done.stderr)
    assert "does not survive a move" in done.stderr


def test_rebuild_makes_it_anew_and_keeps_answers(tiny_course: Any) -> None:
    assert tiny_course.run("course", "prepare").returncode == 0
    answer = tiny_course.root / "workspace" / "answer.txt"
    answer.write_text("mine")
    tiny_course.environment.python.unlink()
    started = tiny_course.lab("--rebuild")
    assert "make it anew" in started.text
    assert started.stop() == 0
    assert answer.read_text() == "mine"


def test_port_taken(ready_course: Any) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = ready_course.run("lab", "--no-browser", "--port", str(port))
    assert done.returncode == 1
    assert one_sentence(done.stderr)
    assert f"Port {port} is taken" in done.stderr
    assert "--port" in done.stderr.split("choose another")[1]


def test_resource_with_another_hash(ready_course: Any) -> None:
    done = ready_course.run("lab", "--no-browser", TINY_RESOURCES="bad")
    assert done.returncode == 1
    assert one_sentence(done.stderr)
    assert "not what this course was made with" in done.stderr
    assert "--skip-resources" in done.stderr
    started = ready_course.lab("--skip-resources", TINY_RESOURCES="bad")
    assert started.stop() == 0


def test_full_disk_is_noticed_before(tiny_course: Any, tmp_path: Path) -> None:
    """Python reports a disk with 1 GB: nothing is begun."""
    patch = tmp_path / "sitecustomize"
    patch.mkdir()
    (patch / "sitecustomize.py").write_text("import shutil\nshutil.disk_usage = lambda path: (10**9, 0, 10**9)\n")
    done = tiny_course.run("lab", "--no-browser", PYTHONPATH=str(patch))
    assert done.returncode == 1
    assert one_sentence(done.stderr)
    assert "1.0 GB free and the set-up needs 4 GB" in done.stderr
    assert not (tiny_course.root / ".venv").exists()


def test_disk_that_fills_up_while_pip_works(tiny_course: Any, tmp_path: Path) -> None:
    """pip meets a full disk: said in words, and the room that the half-made environment took is given back."""
    patch = tmp_path / "sitecustomize"
    patch.mkdir()
    (patch / "sitecustomize.py").write_text(
        "import sys, shutil, errno\n"
        "if sys.argv[0] == '-m' or 'pip' in sys.argv[0]:\n"
        "    def full(*arguments, **options):\n"
        "        raise OSError(errno.ENOSPC, 'No space left on device')\n"
        "    shutil.copyfileobj = full\n"
    )
    done = tiny_course.run("lab", "--no-browser", PYTHONPATH=str(patch))
    assert done.returncode == 1
    assert one_sentence(done.stderr)
    assert "is full: free some space" in done.stderr
    assert not (tiny_course.root / ".venv").exists()
    assert tiny_course.run("course", "prepare").returncode == 0


def test_update_without_a_network_leaves_the_old_environment(tiny_course: Any) -> None:
    assert tiny_course.run("course", "prepare").returncode == 0
    lock = tiny_course.root / "setup" / "requirements.lock"
    old = lock.read_text()
    lock.write_text(old + "omega==2.0\n")
    done = tiny_course.run("lab", "--no-browser")
    assert done.returncode == 1
    assert one_sentence(done.stderr)
    lock.write_text(old)
    again = tiny_course.run("course", "prepare")
    assert again.returncode == 0
    assert "Making" not in again.stdout


def test_someone_elses_environment_is_never_removed(tiny_course: Any) -> None:
    environment = tiny_course.root / ".venv"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    (environment / "theirs.txt").write_text("mine")
    missing = tiny_course.wheels / "alpha-1.0-py3-none-any.whl"
    away = shutil.move(missing, tiny_course.root)
    assert tiny_course.run("lab", "--no-browser").returncode == 1
    assert (environment / "theirs.txt").exists()
    shutil.move(away, missing)
    done = tiny_course.run("course", "prepare")
    assert done.returncode == 0, done.stderr
    assert "already here" in done.stdout
    assert (environment / "theirs.txt").exists()


def test_a_second_set_up_waits_outside(tiny_course: Any) -> None:
    variables = {**tiny_course.variables}
    first = subprocess.Popen(
        [sys.executable, str(tiny_course.root / "setup" / "run.py"), "course", "prepare"],
        env=variables,
        cwd=tiny_course.root,
        stdout=subprocess.PIPE,
        text=True,
    )
    while not (tiny_course.root / ".venv").exists():
        time.sleep(0.01)
    stamp = tiny_course.root / ".venv" / "llm-from-zero.json"
    while not stamp.exists():
        time.sleep(0.01)
    second = tiny_course.run("course", "prepare")
    first.communicate(timeout=60)
    assert second.returncode == 1
    assert "Another set-up of this folder is still running" in second.stderr
    assert first.returncode == 0


def test_a_python_without_venv(tiny_course: Any, tmp_path: Path) -> None:
    patch = tmp_path / "sitecustomize"
    patch.mkdir()
    (patch / "sitecustomize.py").write_text(
        "import sys\nif {'-m', 'venv'} <= set(sys.orig_argv):\n    sys.exit('ensurepip is not available')\n"
    )
    done = tiny_course.run("lab", "--no-browser", PYTHONPATH=str(patch))
    assert done.returncode == 1
    assert "python3-venv" in done.stderr
    assert not (tiny_course.root / ".venv").exists()
