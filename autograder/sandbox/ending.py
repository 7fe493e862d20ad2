"""Ends a process with everything that it started, for certain."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Collection
from pathlib import Path

from autograder.sandbox import linux

_PATIENCE = 5.0  # seconds; a killed process in a disk wait goes when the disk answers


def adopt_orphans() -> None:
    """Make this process the parent of whatever its children leave behind, so that :func:`sweep` finds it."""
    linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)


def children(pid: int) -> list[int]:
    """Numbers of a process's living children (none if the process is gone)."""
    found: list[int] = []
    try:
        threads = os.listdir(f"/proc/{pid}/task")
        for thread in threads:
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                found += map(int, Path(f"/proc/{pid}/task/{thread}/children").read_text().split())
    except (FileNotFoundError, ProcessLookupError):
        return []
    return found


def descendants(pid: int) -> list[int]:
    """Numbers of all processes below this one, parents before children."""
    found: list[int] = []
    pending = [pid]
    while pending:
        below = children(pending.pop())
        found += below
        pending += below
    return found


def end_tree(pid: int, pidfd: int | None = None) -> None:
    """SIGKILL a process, everything below it and everything in its session's process group.

    Args:
        pid: the sealed process (leader of its own session).
        pidfd: a descriptor of it, which cannot come to mean another process as a number can.
    """
    alive = pidfd is None or _alive(pidfd)
    if not alive:
        return
    # Stopped first: what cannot run cannot start another child between the looking and the killing.
    _send(pid, signal.SIGSTOP, pidfd)
    below = descendants(pid)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if os.getpgid(pid) == pid:
            os.killpg(pid, signal.SIGKILL)
    for process in below:
        _send(process, signal.SIGKILL)
    _send(pid, signal.SIGKILL, pidfd)


def sweep(parent: int, keep: Collection[int]) -> list[int]:
    """Kill every child of ``parent`` that is not in ``keep``, with all below it; return the numbers.

    With :func:`adopt_orphans` in force in the parent, this reaches processes that left their session and lost their
    own parents. The parent must reap them (``os.waitpid(-1, os.WNOHANG)``).
    """
    ended: list[int] = []
    deadline = time.monotonic() + _PATIENCE
    while True:
        strangers = [pid for pid in children(parent) if pid not in keep and _state(pid) not in "ZX"]
        if not strangers or time.monotonic() > deadline:
            return ended
        for stranger in strangers:
            for process in (stranger, *descendants(stranger)):
                _send(process, signal.SIGSTOP)
        for stranger in strangers:
            for process in (*descendants(stranger), stranger):
                _send(process, signal.SIGKILL)
                ended.append(process)
        time.sleep(0.005)


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1][0]
    except (OSError, IndexError):
        return "X"


def _send(pid: int, number: int, pidfd: int | None = None) -> None:
    with contextlib.suppress(ProcessLookupError):
        if pidfd is None:
            os.kill(pid, number)
        else:
            signal.pidfd_send_signal(pidfd, number)


def _alive(pidfd: int) -> bool:
    import select

    poll = select.poll()
    poll.register(pidfd, select.POLLIN)
    return not poll.poll(0)
