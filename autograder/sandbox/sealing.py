"""Seal the calling process for good, before student code runs in it."""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import AutograderError
from autograder.sandbox import calls, files, linux, namespaces, rlimits, room, user
from autograder.sandbox.spec import SealSpec


class SealError(AutograderError):
    """A layer could not be put in place; no student code may run in this process."""


@dataclass(frozen=True)
class _Prepared:
    """What is the same for every child.

    Attributes:
        reads: what every child may read, and whether each is a folder.
        closed: one of these places that an ordinary user may not read, or None.
        cache: where the course's resources lie.
        no_user: why root cannot become another user here; empty if it can.
    """

    reads: tuple[tuple[str, bool], ...]
    closed: Path | None
    cache: Path
    no_user: str


_prepared: _Prepared | None = None


def prepare(hidden: Iterable[Path] = ()) -> None:
    """Do in the warm parent, once, what is the same for every child: the places to read, the seccomp program, imports.

    Args:
        hidden: folders (a class's, say) that must stay closed even if they lie inside a place that may be read.
    """
    global _prepared
    from course.resources import cache_directory

    reads = files.standard_reads(hidden)
    _prepared = _Prepared(
        files.with_kind(reads), files.closed_to_others(reads), cache_directory().resolve(), user.missing()
    )
    if not calls.missing():
        calls.compile_program(own_files=os.geteuid() == 0)
    files.missing()  # imports landlockpy
    rlimits.missing()  # imports resource
    linux.libc()


def seal(spec: SealSpec) -> tuple[str, ...]:
    """Put on every layer, in the child, directly after the fork; return the names of those that are active.

    The process must have one thread. Afterwards it leads a process group, its environment is empty but for a few
    variables, its working folder is ``folder/work``, and it dies with the thread that forked it.

    Raises:
        SealError: if a layer cannot be put on whose risk is not accepted: end the process with ``os._exit`` then.
    """
    if _prepared is None:
        prepare()
    assert _prepared is not None
    if len(os.listdir("/proc/self/task")) != 1:
        raise SealError("A process with several threads cannot be sealed: seal it directly after the fork.")
    parent, pid = os.getppid(), os.getpid()
    try:
        folder = spec.folder.resolve(strict=True)
        further = [place for place in spec.readable if place.exists()]
        as_root = os.geteuid() == 0
        uid = user.number_for(pid) if as_root and not _prepared.no_user else None
        reads_as_root = as_root and (
            _prepared.closed is not None or files.closed_to_others([*further, folder.parent]) is not None
        )
        _close_descriptors(spec.keep)
        # Not a session, which would do as well: the scheduler gives each session a share of its own, and on a busy
        # machine a process then waits 2 ms for its next turn.
        os.setpgid(0, 0)
        os.umask(0o077)
        room.make_room(folder, uid)
        _set_environment(room.variables(folder, _prepared.cache, spec.environment))
        os.chdir(folder / room.WORK)
    except OSError as error:
        raise SealError(f"The private folder {spec.folder} could not be made ready ({error}).") from error

    active: dict[str, str] = {}

    def put_on(layer: str, action: Callable[[], str | None]) -> None:
        try:
            active[layer] = action() or layer
        except (OSError, ImportError, RuntimeError, ValueError) as error:
            if layer not in spec.accept_risk:
                raise SealError(f"The sandbox layer {layer} could not be put on ({error}).") from error

    put_on("limits", lambda: rlimits.apply(spec.limits))
    no_user = _prepared.no_user
    put_on("user", lambda: _become(uid, no_user, as_root=as_root, reads_as_root=reads_as_root))
    # Directly after the change of user, which clears it; a parent that has died meanwhile sends no signal any more.
    linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    put_on("no_new_privs", _no_new_privs)
    reads = _prepared.reads
    put_on("landlock", lambda: files.apply(str(folder), (*reads, *files.with_kind(further))))
    own_files = as_root and "user" in active
    put_on("seccomp", lambda: calls.apply(pid, own_files=own_files))
    _confirm(active)
    if namespaces.entered():
        active["namespaces"] = "namespaces"
    return tuple(active.values())


def _no_new_privs() -> None:
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)


def _become(uid: int | None, no_user: str, *, as_root: bool, reads_as_root: bool) -> str:
    if not as_root:
        user.drop_capabilities()
        return user.SAME_USER
    if uid is None:
        linux.set_capabilities(0, 0)  # at least that, where the risk of staying root is accepted
        raise PermissionError(no_user)
    user.drop(uid, reads_as_root=reads_as_root)
    return user.READS_AS_ROOT if reads_as_root else user.NAME


def _confirm(active: dict[str, str]) -> None:
    """Ask the kernel whether what was put on is in force: a verdict names these layers."""
    try:
        status = linux.process_status()
    except OSError as error:
        raise SealError(f"What is in force cannot be read from /proc/self/status ({error}).") from error
    facts = {
        "user": int(status["CapEff"], 16) & ~user.READING == 0,
        "no_new_privs": status.get("NoNewPrivs") == "1",
        "seccomp": status.get("Seccomp") == "2",
        "landlock": not _opens("/"),
    }
    for layer, holds in facts.items():
        if layer in active and not holds:
            raise SealError(f"The sandbox layer {layer} was put on, but the kernel does not enforce it.")


def _opens(folder: str) -> bool:
    try:
        os.close(os.open(folder, os.O_RDONLY))
    except OSError:
        return False
    return True


def _set_environment(wanted: dict[str, str]) -> None:
    for name in list(os.environ):
        del os.environ[name]
    for name, value in wanted.items():
        os.environ[name] = value
    tempfile.tempdir = None  # a module imported in the parent may have asked for it already


def _close_descriptors(keep: frozenset[int]) -> None:
    null = os.open("/dev/null", os.O_RDWR)
    for standard in {0, 1, 2} - keep:
        os.dup2(null, standard)
    highest = max(map(int, os.listdir("/proc/self/fd")))
    previous = 2
    for kept in (*sorted(fd for fd in keep if fd > 2), highest + 1):
        os.closerange(previous + 1, kept)
        previous = kept
