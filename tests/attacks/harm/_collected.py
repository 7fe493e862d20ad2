"""A class that collects what strangers hand over, with honest classmates in it, and a look at what came of it."""

from __future__ import annotations

import stat
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from autograder.classroom.collect import Collected, collect
from autograder.classroom.folder import Classroom
from autograder.errors import AutograderError
from tests.attacks.lesson import NAME

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
CLASSMATES = {"alice": b'{"cells": [], "of": "alice"}', "zoe": b'{"cells": [], "of": "zoe"}'}


@dataclass
class Desk:
    """A classroom, a folder for what comes in, and the class's surroundings, which must stay as they are."""

    root: Path

    @property
    def classroom(self) -> Classroom:
        """Where everything is collected."""
        return Classroom(self.root / "classroom")

    @property
    def incoming(self) -> Path:
        """What was handed over."""
        return self.root / "incoming"

    def put(self, name: str, data: bytes) -> Path:
        """A file in ``incoming``."""
        path = self.incoming / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def classmates(self) -> None:
        """The honest notebooks, as folders in ``incoming``."""
        for name, data in CLASSMATES.items():
            self.put(f"{name}/{NAME}.ipynb", data)

    def zip(self, fill: Callable[[zipfile.ZipFile], None], name: str = "class.zip") -> Path:
        """A zip of the class's folders, and between them what ``fill`` writes."""
        path = self.incoming / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"alice/{NAME}.ipynb", CLASSMATES["alice"])
            fill(archive)
            archive.writestr(f"zoe/{NAME}.ipynb", CLASSMATES["zoe"])
        return path

    def submitted(self, student: str) -> bytes | None:
        """What was taken in of a student."""
        path = self.classroom.submitted(student, NAME) / f"{NAME}.ipynb"
        return path.read_bytes() if path.is_file() else None

    def students(self) -> set[str]:
        """Everybody of whom something was taken in."""
        return set(self.classroom.students(NAME))


@contextmanager
def desk() -> Iterator[Desk]:
    """An empty one; it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="desk-") as folder:
        made = Desk(Path(folder) / "deep" / "in" / "it")
        for path in (made.incoming, made.classroom.release(NAME).parent):
            path.mkdir(parents=True)
        made.classroom.release(NAME).write_text("{}")
        (Path(folder) / "etc").mkdir()
        (Path(folder) / "etc" / "sentinel.ipynb").write_text("untouched")
        yield made


@dataclass
class Outcome:
    """What came of one collection: what was taken and said, seconds of processor time, and whatever is wrong."""

    collected: Collected | None
    said: str
    seconds: float
    problems: list[str]


def hand_over(desk: Desk, given: list[Path], others: Mapping[str, bytes] = CLASSMATES) -> Outcome:
    """Collect, and look whether the others' work came in whole and everything else is as it was."""
    top = desk.root.parents[2]
    before = _tree(top, desk)
    started = time.process_time()
    collected, refused = None, ""
    problems = []
    try:
        collected = collect(desk.classroom, NAME, given, clock=lambda: NOW)
    except AutograderError as error:
        refused = str(error)
    except BaseException as error:
        problems.append(f"collecting ended with {type(error).__name__}: {str(error)[:200]}")
    seconds = time.process_time() - started
    said = refused or "\n".join(map(str, (*collected.receipts, *collected.problems)) if collected else ())
    changed = {path for path, state in _tree(top, desk).items() ^ before.items()}
    problems += [f"{path} was changed" for path in sorted(changed)]
    problems += [f"{path} is no ordinary file or folder" for path in _odd(desk.classroom.root)]
    for name, data in others.items():
        if desk.submitted(name) != data:
            problems.append(f"{name}'s work was not taken in as it was handed over ({said[:300]})")
    if any((ord(c) < 32 and c != "\n") or c in "\x7f\x9b\u202e\u2028" for c in said):
        problems.append(f"what is said holds control characters: {said[:200]!r}")
    return Outcome(collected, said, seconds, problems)


def _tree(top: Path, desk: Desk) -> dict[str, str]:
    """Everything around the classroom, and in it but for what collecting is there to write."""
    written = [desk.classroom.root / name for name in ("submitted", "received")]
    found = {}
    for path in top.rglob("*"):
        if not any(path == place or place in path.parents for place in written):
            state = path.lstat()
            found[str(path.relative_to(top))] = f"{state.st_mode:o} {state.st_size if path.is_file() else 0}"
    return found


def _odd(folder: Path) -> list[Path]:
    kinds = (stat.S_ISREG, stat.S_ISDIR)
    return [path for path in folder.rglob("*") if not any(kind(path.lstat().st_mode) for kind in kinds)]
