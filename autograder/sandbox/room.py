"""The private folder: home, temporary and working folder, the variables that point there, and its removal."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path

HOME, TEMPORARY, WORK = "home", "tmp", "work"


def make_room(folder: Path, uid: int | None = None) -> None:
    """Make the three folders inside ``folder``, for this user if one is given (root only). Raises OSError."""
    for place in (folder / HOME, folder / TEMPORARY, folder / WORK):
        place.mkdir(mode=0o700, exist_ok=True)
        if uid is not None:
            os.chown(place, uid, uid)
    folder.chmod(0o700)
    if uid is not None:
        os.chown(folder, uid, uid)


def variables(folder: Path, cache: Path, further: Mapping[str, str]) -> dict[str, str]:
    """The whole environment of a sealed process."""
    home, temporary = str(folder / HOME), str(folder / TEMPORARY)
    return {
        "HOME": home,
        "TMPDIR": temporary,
        "USER": "student",
        "LOGNAME": "student",
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "OMP_NUM_THREADS": "1",
        "MPLBACKEND": "agg",
        "MPLCONFIGDIR": home,
        "IPYTHONDIR": f"{home}/.ipython",
        "HF_HUB_OFFLINE": "1",
        "HF_HOME": f"{home}/.huggingface",
        "LLM_FROM_ZERO_CACHE": str(cache),
        **further,
    }


def usage(folder: Path, at_most_bytes: int, at_most_files: int) -> str:
    """What of the folder is over its limit: "disk", "files", or "" if nothing.

    Counts space really taken, so a hole in a file costs nothing. Stops at the first excess, so that a flood of files
    cannot make the count itself long. A tree too deep to walk counts as too many files.
    """
    size = count = 0
    pending = [str(folder)]
    while pending:
        try:
            with os.scandir(pending.pop()) as entries:
                for entry in entries:
                    count += 1
                    if count > at_most_files:
                        return "files"
                    with contextlib.suppress(FileNotFoundError):
                        status = entry.stat(follow_symlinks=False)
                        size += status.st_blocks * 512
                        if stat.S_ISDIR(status.st_mode):
                            pending.append(entry.path)
                    if size > at_most_bytes:
                        return "disk"
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:  # a name too long, or a folder that its owner closed
            return "files"
    return ""


def remove_tree(folder: Path) -> None:
    """Delete a folder and everything in it, however deep, without following links. Raises OSError.

    ``shutil.rmtree`` recurses, and a hostile tree is deeper than Python's stack: subfolders are moved up to the top
    first, so no path is ever long.
    """
    token = secrets.token_hex(8)
    number = 0
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        top = os.open(folder, flags)
    except FileNotFoundError:
        return
    try:
        while names := os.listdir(top):
            for name in names:
                if not stat.S_ISDIR(os.lstat(name, dir_fd=top).st_mode):
                    os.unlink(name, dir_fd=top)
                    continue
                os.chmod(name, 0o700, dir_fd=top)
                inner = os.open(name, flags, dir_fd=top)
                try:
                    for below in os.listdir(inner):
                        if stat.S_ISDIR(os.lstat(below, dir_fd=inner).st_mode):
                            number += 1
                            os.chmod(below, 0o700, dir_fd=inner)
                            os.rename(below, f".{token}.{number}", src_dir_fd=inner, dst_dir_fd=top)
                        else:
                            os.unlink(below, dir_fd=inner)
                finally:
                    os.close(inner)
                os.rmdir(name, dir_fd=top)
    finally:
        os.close(top)
    os.rmdir(folder)
