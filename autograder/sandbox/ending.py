"""Ends a process with everything that it started, for certain."""

from __future__ import annotations

import contextlib
import os
import select
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
    """SIGKILL a process and everything below it.

    Args:
        pid: the process.
        pidfd: a descriptor of it, which cannot come to mean another process as a number can.
    """
    if pidfd is not None and has_ended(pidfd):
        return
    _send(pid, signal.SIGSTOP, pidfd)
    for process in _freeze(pid):
        _send(process, signal.SIGKILL)
    _send(pid, signal.SIGKILL, pidfd)


def _freeze(pid: int) -> list[int]:
    """Stop everything below a stopped process and return it: what is stopped starts nothing new meanwhile."""
    stopped: list[int] = []
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        new = [process for process in descendants(pid) if process not in stopped]
        if not new:
            break
        for process in new:
            _send(process, signal.SIGSTOP)
        stopped += new
    return stopped


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
            below = descendants(stranger)
            end_tree(stranger)
            ended += [stranger, *below]
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


def has_ended(pidfd: int) -> bool:
    """Whether the process of this descriptor has ended (its parent may still have to reap it)."""
    poll = select.poll()
    poll.register(pidfd, select.POLLIN)
    return bool(poll.poll(0))
