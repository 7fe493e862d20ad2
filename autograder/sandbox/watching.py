"""Watches a sealed process from outside and ends it when it uses up too much."""

from __future__ import annotations

import contextlib
import os
import re
import select
import stat
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from autograder.sandbox import room
from autograder.sandbox.ending import end_tree, fields_of_stat, has_ended
from autograder.sandbox.spec import Limits

INTERVAL = 0.02
"""Seconds between two looks that bound how far a process gets beyond a limit."""

_WALK_SHARE = 20
"""The disk is looked at again after this many times the time that looking took."""

_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_FIELD = re.compile(rb"^(PPid|RssAnon|RssShmem|VmSize|Threads):\s+(\d+)", re.MULTILINE)
_PLAIN = (b"PPid", b"Threads")
_MAPPED = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) .w.s \S+ \S+ (\d+) +.*\(deleted\)$", re.MULTILINE)


class Watch:
    """One sealed process under watch; a context manager that ends the process when it is left.

    Call :meth:`look` every :data:`INTERVAL` seconds. :meth:`fileno` becomes readable when the process has ended, so it
    can stand in a selector.

    Attributes:
        pid: the process.
        cause: why it was ended: "wall", "cpu", "memory", "disk", "files", "threads", or what :meth:`end` was told;
            "" if it was not.
        peak_bytes: the most memory of its own seen.
    """

    def __init__(self, pid: int, folder: Path, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self.pid, self.cause, self.peak_bytes = pid, "", 0
        self._folder, self._limits, self._clock = folder, limits, clock
        self._pidfd = os.pidfd_open(pid)
        self._proc = _Proc(pid)
        self._walk_at = 0.0
        self._deadline = clock() + limits.wall_seconds
        status = self._proc.status()
        with contextlib.closing(_Proc(status.get("PPid", 0))) as proc:
            parent = proc.status()
        # A forked child begins with its parent's memory, which is not its own doing.
        self._base = parent.get("RssAnon", 0) + parent.get("RssShmem", 0)
        self._addresses = parent.get("VmSize", status.get("VmSize", 0))

    def fileno(self) -> int:
        """A descriptor that becomes readable when the process has ended."""
        return self._pidfd

    @property
    def ended(self) -> bool:
        """Whether the process has ended (its parent may still have to reap it)."""
        return has_ended(self._pidfd)

    def restart(self) -> None:
        """Let the wall time count from now."""
        self._deadline = self._clock() + self._limits.wall_seconds

    @property
    def seconds_left(self) -> float:
        """Wall time until the process is ended; never negative."""
        return max(0.0, self._deadline - self._clock())

    def look(self) -> str:
        """Compare the process with its limits; beyond one it is ended. Returns the cause, or "" while all is well."""
        if self.cause or self.ended:
            return self.cause
        excess = self._excess()
        if excess:
            self.end(excess)
        return self.cause

    def end(self, cause: str) -> None:
        """End the process and all that it started, now. A process that has ended already keeps no cause."""
        if not self.ended:
            self.cause = self.cause or cause
        end_tree(self.pid, self._pidfd)

    def close(self) -> None:
        """End the process if it lives, and give the descriptor back."""
        if self._pidfd >= 0:
            if not self.ended:
                self.end("closed")
            os.close(self._pidfd)
            self._pidfd = -1
            self._proc.close()

    def wait(self, timeout: float | None = None) -> str:
        """Look until the process has ended or ``timeout`` seconds are over; return the cause. For one process."""
        until = None if timeout is None else self._clock() + timeout
        poll = select.poll()
        poll.register(self._pidfd, select.POLLIN)
        while not poll.poll(INTERVAL * 1000):
            self.look()
            if until is not None and self._clock() > until:
                break
        return self.cause

    def __enter__(self) -> Watch:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _excess(self) -> str:
        if self._clock() > self._deadline:
            return "wall"
        limits = self._limits
        status = self._proc.status()
        if status:
            own = status.get("RssAnon", 0) + status.get("RssShmem", 0) - self._base
            self.peak_bytes = max(self.peak_bytes, own)
            if own > limits.memory_bytes:
                return "memory"
            if status.get("Threads", 0) > limits.threads:
                return "threads"
        if self._proc.cpu_seconds() > limits.cpu_seconds:
            return "cpu"
        begin = time.monotonic()
        if begin < self._walk_at:
            return ""
        over = self._disk_excess(status.get("VmSize", 0))
        # Thousands of files take long to count; a submission must not keep the supervisor busy with that.
        self._walk_at = begin + _WALK_SHARE * (time.monotonic() - begin)
        return over

    def _disk_excess(self, addresses: int) -> str:
        limits = self._limits
        over = room.usage(self._folder, limits.disk_bytes, limits.disk_files)
        if over:
            return over
        hidden = _deleted_open(self.pid)
        if hidden < limits.disk_bytes and addresses - self._addresses > limits.disk_bytes:
            hidden += _deleted_mapped(self.pid)
        return "disk" if hidden > limits.disk_bytes else ""


def watch(pid: int, folder: Path, limits: Limits) -> Watch:
    """Begin to watch a sealed process; its wall time counts from now. Raises ProcessLookupError if it has gone."""
    return Watch(pid, folder, limits)


class _Proc:
    """A process's files in /proc, opened once: they are read many times a second. One that is gone has no numbers."""

    def __init__(self, pid: int) -> None:
        self._files: dict[str, int] = {}
        for name in ("status", "stat"):
            with contextlib.suppress(OSError):
                self._files[name] = os.open(f"/proc/{pid}/{name}", os.O_RDONLY | os.O_CLOEXEC)

    def _read(self, name: str) -> bytes:
        try:
            return os.pread(self._files[name], 8192, 0)
        except (KeyError, OSError):
            return b""

    def status(self) -> dict[str, int]:
        """Numbers from the file ``status``, memory in bytes."""
        found = _FIELD.findall(self._read("status"))
        return {name.decode(): int(value) * (1 if name in _PLAIN else 1024) for name, value in found}

    def cpu_seconds(self) -> float:
        """Processor time of all threads."""
        fields = fields_of_stat(self._read("stat"))
        return (int(fields[11]) + int(fields[12])) / _TICKS if fields else 0.0

    def close(self) -> None:
        """Close the files."""
        while self._files:
            os.close(self._files.popitem()[1])


def _deleted_open(pid: int) -> int:
    """Bytes on disk of files that the process deleted and still holds open: no walk of its folder finds them."""
    total = 0
    with contextlib.suppress(OSError):
        for name in os.listdir(f"/proc/{pid}/fd"):
            with contextlib.suppress(OSError):
                status = os.stat(f"/proc/{pid}/fd/{name}")
                if stat.S_ISREG(status.st_mode) and status.st_nlink == 0:
                    total += status.st_blocks * 512
    return total


def _deleted_mapped(pid: int) -> int:
    """Bytes of deleted files that the process only keeps mapped for writing."""
    try:
        maps = Path(f"/proc/{pid}/maps").read_text()
    except OSError:
        return 0
    return sum(int(end, 16) - int(begin, 16) for begin, end, inode in _MAPPED.findall(maps) if inode != "0")
