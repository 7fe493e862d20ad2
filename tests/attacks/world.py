"""A grader's surroundings in a folder of their own: secrets to be read, files to be harmed, and a look at both."""

from __future__ import annotations

import ctypes
import hashlib
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from autograder.classroom.folder import REPOSITORY
from tests.attacks.attack import BREACH, Paths, honest
from tests.attacks.lesson import CANARIES, NAME, write_lesson

_PR_SET_CHILD_SUBREAPER = 36
ENVIRONMENT = "GRADER_API_TOKEN"

#: ``{what it is: text}``: in a file, a database or the environment of the grader, and in no submission.
SECRETS = {
    **CANARIES,
    "the answer of a classmate": "kestrel-19b6aa-classmate",
    "the gradebook": "osprey-44d0c2-gradebook",
    "the environment of the grader": "heron-e07b51-environment",
    "the home of the grader": "bittern-2c9f38-home",
    "a path of the grader": str(REPOSITORY),
}
#: Modules that an attack may try to shadow: none may lie in a folder from which the next submission imports.
SHADOWS = ("numpy.py", "torch.py", "sitecustomize.py", "usercustomize.py", "course.py", "math.py", "json.py")


def furnish(root: Path) -> Paths:
    """Fill a folder with a checkout, a classroom with other people's work, and a home."""
    paths = Paths(root)
    content = write_lesson(root / "checkout")
    for folder in (paths.classmate.parent, paths.home / ".ipython" / "profile_default" / "startup", paths.temporary,
                   paths.notes):  # fmt: skip
        folder.mkdir(parents=True)
    blank = read_blank(content.release(NAME))
    theirs = honest(blank, "right", paths)
    theirs.cell("mean_of")["source"] += "\n# " + SECRETS["the answer of a classmate"]
    paths.classmate.write_bytes(theirs.to_bytes())
    with sqlite3.connect(paths.gradebook) as database:
        database.execute("create table grade (student text, score real, comment text)")
        database.execute("insert into grade values ('classmate', 3.5, ?)", [SECRETS["the gradebook"]])
    database.close()
    (paths.home / ".bashrc").write_text("export WHO=" + SECRETS["the home of the grader"] + "\n")
    (paths.home / ".ipython" / "profile_default" / "startup" / "README").write_text("Nothing starts here.\n")
    (paths.notes / "about.txt").write_text("Anybody may write here.\n")
    paths.notes.chmod(0o777)
    return paths


def read_blank(path: Path) -> dict[str, object]:
    """A release as JSON, with the sources of its cells as strings."""
    import json

    data: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    for cell in data["cells"]:  # type: ignore[attr-defined]
        cell["source"] = "".join(cell["source"])
    return data


@contextmanager
def surroundings(paths: Paths) -> Iterator[None]:
    """While the body runs, home and temporary folder are those of ``paths``, and the environment holds a secret."""
    changed = {
        "HOME": str(paths.home),
        "TMPDIR": str(paths.temporary),
        ENVIRONMENT: SECRETS["the environment of the grader"],
    }
    before = {name: os.environ.get(name) for name in changed}
    temporary = tempfile.tempdir
    os.environ.update(changed)
    tempfile.tempdir = str(paths.temporary)
    try:
        yield
    finally:
        tempfile.tempdir = temporary
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.__setitem__(name, value)


def snapshot(paths: Paths) -> dict[str, str]:
    """Every file and folder of the surroundings, with what can be told of it."""
    found = {}
    for place in sorted(paths.root.rglob("*")):
        with suppress(FileNotFoundError):
            state = place.lstat()
            told = f"{state.st_mode:o} {state.st_uid}"
            if place.is_symlink():
                told += f" -> {os.readlink(place)}"
            elif place.is_file():
                told += " " + hashlib.sha256(place.read_bytes()).hexdigest()[:16]
            found[str(place.relative_to(paths.root))] = told
    return found


def changes(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """A sentence for each file or folder of the surroundings that is new, gone or different."""
    words = {(False, True): "appeared", (True, False): "is gone", (True, True): "was changed"}
    return [
        f"{name} {words[name in before, name in after]}"
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    ]


def planted(student_code_ran_in: Path) -> list[str]:
    """Files that only an attack can have left in places outside the surroundings."""
    places = (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"), student_code_ran_in, Path(sys.prefix), Path.home())
    found = []
    for place in places:
        with suppress(OSError):
            found += [str(path) for path in place.iterdir() if BREACH.lower() in path.name.lower()]
    found += [str(student_code_ran_in / name) for name in SHADOWS if (student_code_ran_in / name).exists()]
    return found


def adopt_orphans() -> None:
    """Become the parent of every orphan below this process, so that a detached process is still seen."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def descendants() -> dict[int, str]:
    """``{pid: command}`` of all living processes below this one."""
    found = {}
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            if process.status() != psutil.STATUS_ZOMBIE:
                found[process.pid] = " ".join(process.cmdline())[:100] or process.name()
    return found


def left_over(before: dict[int, str], patience: float = 3.0) -> dict[int, str]:
    """Processes that were not there before and do not end within some seconds."""
    end = time.monotonic() + patience
    while True:
        new = {pid: command for pid, command in descendants().items() if pid not in before}
        if not new or time.monotonic() > end:
            return new
        time.sleep(0.05)
