"""Seal the calling process for good, before student code runs in it."""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Callable
from pathlib import Path

from autograder.errors import AutograderError
from autograder.sandbox import calls, files, linux, namespaces, rlimits, room, user
from autograder.sandbox.spec import SealSpec

_reads: tuple[Path, ...] | None = None
_reads_closed: Path | None = None


class SealError(AutograderError):
    """A layer could not be put in place; no student code may run in this process."""


def prepare() -> None:
    """Do, in the warm parent, what is the same for every child: the list of places, the seccomp program, imports.

    Not needed, but without it each child does it again, for some 50 ms.
    """
    global _reads, _reads_closed
    if _reads is None:
        _reads = files.standard_reads()
        _reads_closed = files.closed_to_others(_reads)
    if not calls.missing():
        calls.compile_program()
    files.missing()
    rlimits.missing()
    linux.libc()


def seal(spec: SealSpec) -> tuple[str, ...]:
    """Put on every layer, in the child, directly after the fork; return the names of those that are active.

    The process must have one thread. Afterwards its environment is empty but for a few variables, its working folder
    is ``folder/work``, and it dies with its parent.

    Raises:
        SealError: if a layer cannot be put on whose risk is not accepted: end the process with ``os._exit`` then.
    """
    prepare()
    assert _reads is not None
    if len(os.listdir("/proc/self/task")) != 1:
        raise SealError("A process with several threads cannot be sealed: seal it directly after the fork.")
    parent, pid = os.getppid(), os.getpid()
    folder = spec.folder.resolve(strict=True)
    _close_descriptors(spec.keep)
    os.setsid()
    os.umask(0o077)
    active: list[str] = []

    def put_on(layer: str, action: Callable[[], str | None]) -> None:
        try:
            active.append(action() or layer)
        except (OSError, ImportError, RuntimeError, ValueError) as error:
            if layer not in spec.accept_risk:
                raise SealError(f"The sandbox layer {layer} could not be put on ({error}).") from error

    as_root = os.geteuid() == 0
    files_as_root = as_root and bool(_reads_closed or files.closed_to_others([*spec.readable, folder.parent]))
    uid = None
    if as_root and not user.missing():
        uid = user.number_for(pid)
    room.make_room(folder, uid if uid is not None and not files_as_root else None)
    _set_environment(room.variables(folder, _cache(), spec.environment))
    os.chdir(folder / room.WORK)

    put_on("limits", lambda: rlimits.apply(spec.limits))
    put_on("user", lambda: _become(uid, as_root=as_root, files_as_root=files_as_root))
    # Directly after the change of user, which clears it; a parent that has died meanwhile sends no signal any more.
    linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    put_on("no_new_privs", lambda: _no_new_privs())
    put_on("landlock", lambda: files.apply(folder, (*_reads, *spec.readable)))
    put_on("seccomp", lambda: calls.apply(pid))
    if namespaces.entered():
        active.append("namespaces")
    return tuple(active)


def _no_new_privs() -> None:
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)


def _become(uid: int | None, *, as_root: bool, files_as_root: bool) -> str:
    if not as_root:
        user.drop_capabilities()
        return user.SAME_USER
    if uid is None:
        raise PermissionError("no user but root is mapped here")
    user.drop(uid, files_as_root=files_as_root)
    return user.FILES_AS_ROOT if files_as_root else user.NAME


def _cache() -> Path:
    from course.resources import cache_directory

    return cache_directory().resolve()


def _set_environment(wanted: dict[str, str]) -> None:
    os.environ.clear()
    os.environ.update(wanted)
    tempfile.tempdir = None  # a module imported in the parent may have asked for it already


def _close_descriptors(keep: frozenset[int]) -> None:
    null = os.open("/dev/null", os.O_RDWR)
    for standard in {0, 1, 2} - keep:
        os.dup2(null, standard)
    previous = 2
    for kept in sorted(fd for fd in keep if fd > 2):
        os.closerange(previous + 1, kept)
        previous = kept
    os.closerange(previous + 1, _highest_descriptor() + 1)


def _highest_descriptor() -> int:
    return max(map(int, os.listdir("/proc/self/fd")))
