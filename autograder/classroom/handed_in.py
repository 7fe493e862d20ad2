"""What was handed over, as notebooks in memory: files, folders and zips, within bounds and without following links.

Nothing is ever unpacked to disk: a path inside a zip or folder only says whose a notebook is. What one learner put in
must cost the others nothing, so whatever is odd is passed over by itself, and said.
"""

from __future__ import annotations

import os
import stat
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path, PurePosixPath

from autograder.classroom.intake import MAX_BYTES
from autograder.classroom.screen import printable
from autograder.errors import AutograderError

#: Notebooks, and their bytes, of one thing that is handed over.
MAX_FILES = 5_000
MAX_TOTAL = 2_000_000_000
#: Files of any kind in a zip.
MAX_MEMBERS = 100_000
#: The same of one folder in it, which as a rule is one learner's.
MAX_OWN_FILES = 100
MAX_OWN_TOTAL = 200_000_000
#: Folders in each other, and characters of one's name; the systems that learners work on allow no longer ones.
MAX_DEPTH = 32
MAX_NAME = 255
#: How many times smaller a large file may be packed than it is. Text is packed to a tenth; a bomb to a thousandth.
MAX_RATIO = 200
_RATIO_MATTERS = 5_000_000
#: Sentences about one folder: a thousand of them would bury those about the others.
_MAX_SENTENCES = 10
_SKIPPED = {"__MACOSX", ".ipynb_checkpoints", "__pycache__", ".git"}
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


@dataclass(frozen=True)
class HandedIn:
    """One notebook file.

    Attributes:
        path: where it was, relative to what was handed over.
        data: its bytes.
        named: whether the instructor named this very file.
    """

    path: PurePosixPath
    data: bytes
    named: bool = False


@dataclass(frozen=True)
class Gathered:
    """The notebooks of one thing that was handed over, and a sentence for each file that was passed over."""

    notebooks: tuple[HandedIn, ...]
    problems: tuple[str, ...] = ()
    folders_without: tuple[str, ...] = ()


def gather(given: Path) -> Gathered:
    """Read a notebook file, a folder or a zip.

    Raises:
        AutograderError: if it is none of these, or cannot be read.
    """
    name = printable(str(given))
    try:
        if given.is_dir():
            return _from_folder(given)
        if not os.path.lexists(given):
            raise AutograderError(f"There is no file or folder {name}.")
        if given.suffix.lower() == ".ipynb":
            if given.is_symlink() or not given.is_file():
                # `incoming/*.ipynb` may name what somebody else put there.
                return Gathered((), (f"{name} is no ordinary file and was passed over: hand over the file itself.",))
            if given.stat().st_size > MAX_BYTES:
                return Gathered((), (_too_large(name, given.stat().st_size),))
            # As it was typed: `alice/05_attention.ipynb` says whose it is.
            return Gathered((HandedIn(PurePosixPath(given.as_posix()), given.read_bytes(), named=True),))
        if given.is_file() and zipfile.is_zipfile(given):
            return _from_zip(given)
    except OSError as error:
        raise AutograderError(f"{name} cannot be read: {error.strerror or error}.") from error
    raise AutograderError(f"{name} is no notebook (.ipynb), no folder and no zip: hand over one of these.")


def _too_large(name: str, size: int) -> str:
    limit = f"at most {MAX_BYTES / 1e6:.0f} MB are taken"
    return f"{name} has {size / 1e6:.0f} MB, and {limit}: its outputs may be huge; clear them."


def _is_skipped(path: PurePosixPath) -> bool:
    return any(part in _SKIPPED or part.startswith("._") for part in path.parts) or path.name.startswith(".")


class _Tray:
    """Notebooks as they come in, and what is said of the others; each folder has a measure of its own.

    Args:
        name: of what was handed over.
        paths: of everything in it, by which it can be told which folders stand around all of it.
    """

    def __init__(self, name: str, paths: Sequence[PurePosixPath]) -> None:
        self._name = name
        parents = [path.parent.parts for path in paths]
        around = takewhile(lambda parts: len(set(parts)) == 1, zip(*parents, strict=False))
        self._depth = sum(1 for _ in around)
        self.found: list[HandedIn] = []
        self._told: list[tuple[str, str]] = []
        self._counts: Counter[str] = Counter()
        self._bytes: Counter[str] = Counter()

    def say(self, path: PurePosixPath, sentence: str) -> None:
        """Something is said of a file."""
        self._told.append((self._owner(path), sentence))

    def add(self, path: PurePosixPath, size: int, read: Callable[[], bytes]) -> None:
        """Take a notebook of about that many bytes, within what its folder may hold.

        Raises:
            AutograderError: if there are more than one thing may hold.
        """
        owner, shown = self._owner(path), f"{self._name}: {printable(str(path))}"
        self._counts[owner] += 1
        if self._counts[owner] > MAX_OWN_FILES or self._bytes[owner] + min(size, MAX_BYTES) > MAX_OWN_TOTAL:
            most = f"{MAX_OWN_FILES} notebooks or {MAX_OWN_TOTAL / 1e6:.0f} MB"
            self.say(path, f"{shown} was passed over: there are more than {most} in one folder.")
            return
        data = read()
        if len(data) > MAX_BYTES:
            self.say(path, _too_large(shown, max(size, len(data))))
            return
        self._bytes[owner] += len(data)
        if self._bytes.total() > MAX_TOTAL:
            raise AutograderError(
                f"{self._name} unpacks to more than {MAX_TOTAL / 1e9:.0f} GB: hand over smaller parts."
            )
        if len(self.found) >= MAX_FILES:
            raise AutograderError(
                f"{self._name} holds more than {MAX_FILES:,} notebooks; at most {MAX_FILES:,} are taken at once."
            )
        self.found.append(HandedIn(path, data))

    def _owner(self, path: PurePosixPath) -> str:
        return path.parts[self._depth] if len(path.parts) > self._depth else ""

    def problems(self) -> tuple[str, ...]:
        """The sentences, so many of each folder and the number of the rest."""
        said: Counter[str] = Counter()
        kept = []
        for owner, sentence in self._told:
            said[owner] += 1
            if said[owner] <= _MAX_SENTENCES:
                kept.append(sentence)
        kept += [
            f"{self._name}: {printable(owner)}: {count - _MAX_SENTENCES:,} more files were passed over."
            for owner, count in said.items()
            if count > _MAX_SENTENCES
        ]
        return tuple(kept)


def _from_folder(folder: Path) -> Gathered:
    places = sorted(_files_below(folder), key=lambda place: place[1])
    tray = _Tray(folder.name, [relative for _, relative, reason in places if not reason])
    for path, relative, reason in places:
        if reason:
            tray.say(relative, f"{printable(str(path))} {reason}")
        elif not _is_skipped(relative) and path.suffix.lower() == ".ipynb":
            try:
                tray.add(relative, path.stat().st_size, lambda path=path: _read_file(path))  # type: ignore[misc]
            except OSError as error:
                tray.say(relative, f"{printable(str(path))} cannot be read ({error.strerror}) and was passed over.")
    empty = sorted(
        child.name for child in folder.iterdir()
        if child.is_dir() and not child.is_symlink() and not _is_skipped(PurePosixPath(child.name))
        and not any(item.path.parts[0] == child.name for item in tray.found)
    )  # fmt: skip
    return Gathered(tuple(tray.found), tray.problems(), tuple(empty))


def _files_below(folder: Path) -> Iterator[tuple[Path, PurePosixPath, str]]:
    """Each file, its path within the folder, and why it is passed over if it is."""
    unreadable: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=unreadable.append):
        here = Path(place)
        within = PurePosixPath(here.relative_to(folder).as_posix())
        links = [name for name in folders if (here / name).is_symlink()]
        folders[:] = sorted(name for name in folders if name not in _SKIPPED and name not in links)
        if len(within.parts) >= MAX_DEPTH and folders:
            yield here, within, "holds folders too deep in each other; they were passed over."
            folders.clear()
        for name in sorted([*links, *files]):
            path = here / name
            if path.is_symlink():
                yield path, within / name, "is a link and was passed over: hand over the file itself."
            elif path.is_file():
                yield path, within / name, ""
    for error in unreadable:
        path = Path(error.filename)
        yield path, PurePosixPath(path.relative_to(folder).as_posix()), f"cannot be read ({error.strerror})."


def _read_file(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _from_zip(archive: Path) -> Gathered:
    tops: set[str] = set()
    try:
        with zipfile.ZipFile(archive) as opened:
            if len(opened.infolist()) > MAX_MEMBERS:
                raise AutograderError(
                    f"{archive} holds {len(opened.infolist()):,} files, and at most {MAX_MEMBERS:,} are looked at: "
                    "leave out what is no notebook."
                )
            members = [
                (member, PurePosixPath(member.filename.replace("\\", "/"))) for member in opened.infolist()
                if len(member.filename) <= MAX_NAME * MAX_DEPTH
            ]  # fmt: skip
            reasons = [_refusal(member, path) for member, path in members]
            fine = [path for (_, path), reason in zip(members, reasons, strict=True) if not reason]
            tray = _Tray(archive.name, [path for path in fine if not _is_skipped(path)])
            for (member, path), reason in zip(members, reasons, strict=True):
                if reason:
                    tray.say(path, f"{archive.name}: {printable(str(path), 120)} {reason}")
                    continue
                if _is_skipped(path):
                    continue
                if len(path.parts) > 1 or member.is_dir():
                    tops.add(path.parts[0])
                if not member.is_dir() and path.suffix.lower() == ".ipynb":
                    tray.add(path, member.file_size, lambda member=member: _read(opened, member))  # type: ignore[misc]
            for member in opened.infolist():
                if len(member.filename) > MAX_NAME * MAX_DEPTH:
                    path = PurePosixPath(member.filename[:MAX_NAME])
                    tray.say(path, f"{archive.name}: {printable(str(path), 120)} has too long a name.")
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as error:
        raise AutograderError(
            f"{archive} is a damaged or unusual zip ({printable(str(error), 200)}): pack it again."
        ) from error
    empty = sorted(tops - {item.path.parts[0] for item in tray.found})
    return Gathered(tuple(tray.found), tray.problems(), tuple(empty))


def _refusal(member: zipfile.ZipInfo, path: PurePosixPath) -> str:
    if path.is_absolute() or ".." in path.parts or not path.parts or any(":" in part for part in path.parts):
        return "points outside the zip and was passed over."
    if len(path.parts) > MAX_DEPTH or any(len(part) > MAX_NAME for part in path.parts):
        return "has too long a path and was passed over."
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "is a link and was passed over: pack the file itself."
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a device and no file; it was passed over."
    if member.flag_bits & 1:
        return "is encrypted and was passed over: pack it without a password."
    if path.suffix.lower() != ".ipynb":
        return ""
    if member.compress_type not in _METHODS:
        return "is packed in an unusual way and was passed over: pack it as an ordinary zip."
    if member.file_size > max(_RATIO_MATTERS, MAX_RATIO * member.compress_size):
        size, packed = member.file_size / 1e6, member.compress_size / 1e3
        return f"unpacks from {packed:.0f} kB to {size:.0f} MB, as no notebook does, and was passed over."
    return ""


def _read(opened: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """At most a byte more than allowed, whatever size the zip claims."""
    try:
        with opened.open(member) as stream:
            return stream.read(MAX_BYTES + 1)
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, zipfile.zlib.error):  # type: ignore[attr-defined]
        # One damaged file is still somebody's submission: it is taken in empty and named as malformed when graded.
        return b""
