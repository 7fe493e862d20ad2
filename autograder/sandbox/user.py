"""Who the sealed process is: a user number that nobody else has, without any capability.

Started as root, the process becomes user 0x70000000 + its process number. systemd's list of user numbers
(systemd.io/UIDS-GIDS) keeps the range from 0x70000000 on unused, so it owns no file and no other process has it: the
limit on processes counts its threads alone, and it may signal nobody. Where a container maps fewer numbers, one from
those that are mapped is taken.

Often Python itself lies below a folder that only root may enter (/root/.pyenv). Then the one capability to read as root
may (CAP_DAC_READ_SEARCH) stays, within Landlock's list, and the layer's name says so. No right to write, to change an
owner or a mode comes with it, as it would by opening files as root.

Started as an ordinary user there is nothing to give up; a user namespace of its own, where permitted, makes the limit
on processes count its threads alone.
"""

from __future__ import annotations

import contextlib
import functools
import os
from pathlib import Path

from autograder.sandbox import linux

_UNUSED = 0x70000000
READING = 1 << linux.CAP_DAC_READ_SEARCH
NAME = "user"
READS_AS_ROOT = "user (reads as root)"
SAME_USER = "user (the grader's own)"


def missing() -> str:
    """Why this layer cannot be had here, as the end of a sentence; empty if it can."""
    if os.geteuid() != 0:
        return ""
    if not _mapped():
        return "this container maps no user but root"
    needed = 1 << linux.CAP_CHOWN | 1 << linux.CAP_SETGID | 1 << linux.CAP_SETUID
    if linux.effective_capabilities() & needed != needed:
        return "root may not change its user in this container (it lacks CAP_CHOWN, CAP_SETGID or CAP_SETUID)"
    return ""


@functools.cache
def _mapped() -> tuple[tuple[int, int], ...]:
    """Ranges (first, count) of user numbers other than root's that exist in this user namespace."""
    ranges = []
    for line in Path("/proc/self/uid_map").read_text().splitlines():
        first, _, count = map(int, line.split())
        if first == 0:
            first, count = 1, count - 1
        if count > 0:
            ranges.append((first, count))
    return tuple(ranges)


def number_for(pid: int) -> int:
    """The user number for the process with this number. Raises OSError if root is the only user there is."""
    ranges = _mapped()
    wanted = _UNUSED + pid
    if any(first <= wanted < first + count for first, count in ranges):
        return wanted
    if not ranges:
        raise PermissionError("no user but root is mapped")
    first, count = ranges[-1]
    return first + count - 1 - pid % min(count, 4096)


def drop(uid: int, *, reads_as_root: bool) -> None:
    """Become this user and group for good, with no capability left but the one to read, if asked. Raises OSError."""
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    if reads_as_root:
        linux.prctl(linux.PR_SET_KEEPCAPS, 1)
    os.setresuid(uid, uid, uid)
    left = READING if reads_as_root else 0
    linux.set_capabilities(left, left)


def drop_capabilities() -> None:
    """For a process that is not root: a user namespace of its own where permitted, and no capability."""
    with contextlib.suppress(OSError):  # else its threads count with its user's processes, and the watcher bounds them
        linux.unshare(linux.CLONE_NEWUSER)
    linux.set_capabilities(0, 0)
