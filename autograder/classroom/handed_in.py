"""What was handed over, as notebooks in memory: files, folders and zips, within bounds and without following links."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from autograder.classroom.intake import MAX_BYTES
from autograder.errors import AutograderError

MAX_FILES = 5_000
MAX_TOTAL = 2_000_000_000
_SKIPPED = {"__MACOSX", ".ipynb_checkpoints", "__pycache__", ".git"}


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
    try:
        if given.is_dir():
            return _from_folder(given)
        if not given.exists():
            raise AutograderError(f"There is no file or folder {given}.")
        if given.suffix.lower() == ".ipynb":
            if given.stat().st_size > MAX_BYTES:
                return Gathered((), (_too_large(str(given), given.stat().st_size),))
            # As it was typed: `alice/05_attention.ipynb` says whose it is.
            return Gathered((HandedIn(PurePosixPath(given.as_posix()), given.read_bytes(), named=True),))
        if zipfile.is_zipfile(given):
            return _from_zip(given)
    except OSError as error:
        raise AutograderError(f"{given} cannot be read: {error.strerror or error}.") from error
    raise AutograderError(f"{given} is no notebook (.ipynb), no folder and no zip: hand over one of these.")


def _too_large(name: str, size: int) -> str:
    limit = f"at most {MAX_BYTES / 1e6:.0f} MB are taken"
    return f"{name} has {size / 1e6:.0f} MB, and {limit}: its outputs may be huge; clear them."


def _is_skipped(path: PurePosixPath) -> bool:
    return any(part in _SKIPPED or part.startswith("._") for part in path.parts) or path.name.startswith(".")


def _from_folder(folder: Path) -> Gathered:
    found: list[HandedIn] = []
    problems: list[str] = []
    total = 0
    for path in _files_below(folder, problems):
        relative = PurePosixPath(path.relative_to(folder).as_posix())
        if _is_skipped(relative) or path.suffix.lower() != ".ipynb":
            continue
        size = path.stat().st_size
        if size > MAX_BYTES:
            problems.append(_too_large(str(relative), size))
            continue
        total += size
        if len(found) >= MAX_FILES or total > MAX_TOTAL:
            raise AutograderError(
                f"{folder} holds more than {MAX_FILES:,} notebooks or {MAX_TOTAL / 1e9:.0f} GB of them: "
                "hand over smaller parts."
            )
        found.append(HandedIn(relative, path.read_bytes()))
    empty = sorted(
        child.name for child in folder.iterdir()
        if child.is_dir() and not child.is_symlink() and not _is_skipped(PurePosixPath(child.name))
        and not any(item.path.parts[0] == child.name for item in found)
    )  # fmt: skip
    return Gathered(tuple(found), tuple(problems), tuple(empty))


def _files_below(folder: Path, problems: list[str]) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_symlink():
            problems.append(f"{path} is a link and was passed over: hand over the file itself.")
        elif path.is_dir():
            if path.name not in _SKIPPED:
                yield from _files_below(path, problems)
        elif path.is_file():
            yield path


def _from_zip(archive: Path) -> Gathered:
    found: list[HandedIn] = []
    problems: list[str] = []
    tops: set[str] = set()
    total = 0
    try:
        with zipfile.ZipFile(archive) as opened:
            members = opened.infolist()
            if len(members) > MAX_FILES:
                raise AutograderError(f"{archive} holds {len(members):,} files; at most {MAX_FILES:,} are taken.")
            for member in members:
                path = PurePosixPath(member.filename.replace("\\", "/"))
                reason = _refusal(member, path)
                if reason:
                    problems.append(f"{archive.name}: {str(path)[:120]} {reason}")
                    continue
                if _is_skipped(path):
                    continue
                if len(path.parts) > 1 or member.is_dir():
                    tops.add(path.parts[0])
                if member.is_dir() or path.suffix.lower() != ".ipynb":
                    continue
                data = _read(opened, member)
                if len(data) > MAX_BYTES:
                    problems.append(_too_large(f"{archive.name}: {path}", max(member.file_size, len(data))))
                    continue
                total += len(data)
                if total > MAX_TOTAL:
                    raise AutograderError(
                        f"{archive} unpacks to more than {MAX_TOTAL / 1e9:.0f} GB: hand over smaller parts."
                    )
                found.append(HandedIn(path, data))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as error:
        raise AutograderError(f"{archive} is a damaged or unusual zip ({error}): pack it again.") from error
    empty = sorted(tops - {item.path.parts[0] for item in found})
    return Gathered(tuple(found), tuple(problems), tuple(empty))


def _refusal(member: zipfile.ZipInfo, path: PurePosixPath) -> str:
    if path.is_absolute() or ".." in path.parts or not path.parts or ":" in path.parts[0]:
        return "points outside the zip and was passed over."
    if stat.S_ISLNK(member.external_attr >> 16):
        return "is a link and was passed over: pack the file itself."
    if member.flag_bits & 1:
        return "is encrypted and was passed over: pack it without a password."
    return ""


def _read(opened: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """At most a byte more than allowed, whatever size the zip claims."""
    try:
        with opened.open(member) as stream:
            return stream.read(MAX_BYTES + 1)
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, zipfile.zlib.error):  # type: ignore[attr-defined]
        # One damaged file is still somebody's submission: it is taken in empty and named as malformed when graded.
        return b""
