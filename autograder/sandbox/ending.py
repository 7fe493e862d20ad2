"""Ends a process with everything that it started, for certain."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import time
from collections.abc import Collection

from autograder.sandbox import linux

_PATIENCE = 5.0  # seconds; a killed process in a disk wait goes when the disk answers


def adopt_orphans() -> None:
    """Make this process the parent of whatever its children leave behind, so that :func:`sweep` finds it."""
    linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)


def children(pid: int) -> list[int]:
    """Numbers of a process's children as the kernel keeps them (none if the process is gone).

    Quick, but the kernel promises a whole list only while none of them is just ending; see :func:`descendants`.
    """
    found: list[int] = []
    with contextlib.suppress(OSError):
        for thread in os.listdir(f"/proc/{pid}/task"):
            with contextlib.suppress(OSError), open(f"/proc/{pid}/task/{thread}/children") as file:
                found += map(int, file.read().split())
    return found


def descendants(pid: int) -> list[int]:
    """Numbers of all processes below this one, parents before children, from a look at every process there is."""
    below: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdecimal() and (fields := stat_fields(int(name))):
            below.setdefault(int(fields[1]), []).append(int(name))
    found = list(below.get(pid, ()))
    for process in found:
        found += below.get(process, ())
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
    ended: dict[int, None] = {}
    deadline = time.monotonic() + _PATIENCE
    while True:
        strangers = [pid for pid in children(parent) if pid not in keep and _runs(pid)]
        if not strangers or time.monotonic() > deadline:
            return list(ended)
        for stranger in strangers:
            ended.update(dict.fromkeys((stranger, *descendants(stranger))))
            end_tree(stranger)
        time.sleep(0.005)


def stat_fields(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the third on (state, parent, …); empty if the process is gone."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            return fields_of_stat(file.read())
    except OSError:
        return []


def fields_of_stat(data: bytes) -> list[str]:
    """The fields from the third on in what such a file holds; empty if it holds nothing.

    The second field is the program's name in parentheses: any bytes, spaces and parentheses among them.
    """
    return data.rpartition(b") ")[2].decode("ascii").split()


def _runs(pid: int) -> bool:
    fields = stat_fields(pid)
    return bool(fields) and fields[0] not in "ZX"


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
