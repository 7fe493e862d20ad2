"""Files: Landlock, through the package landlockpy.

landlockpy is the one of several packages that fits: pure Python, typed, without dependencies, and it knows every
Landlock version and asks of a kernel what that kernel has. sandlock 0.9.0 insists on Landlock 6 (Linux 6.12), which
shuts out Debian 12 and Ubuntu 24.04, and grants a whole list or nothing; landlock 1.0.0.dev5 knows neither network
nor signals; py-landlock 0.1.1 refuses processors other than two.
"""

from __future__ import annotations

import contextlib
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

_SYSTEM = (
    "/usr", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store",
    "/etc/ld.so.cache", "/etc/localtime", "/etc/timezone", "/etc/mime.types", "/etc/fonts", "/etc/os-release",
    "/etc/nsswitch.conf", "/etc/ssl/openssl.cnf", "/etc/ssl/certs",
    "/proc/cpuinfo", "/proc/meminfo", "/proc/stat",
    "/proc/sys/vm/overcommit_memory",
    "/sys/devices/system/cpu", "/sys/devices/system/node", "/sys/kernel/mm/transparent_hugepage",
    "/sys/fs/cgroup/cpu.max", "/sys/fs/cgroup/cpu",
    "/dev/zero", "/dev/random", "/dev/urandom",
)  # fmt: skip
"""What libraries read of a system: code, fonts, time zones, the number of cores. No user names, hosts or settings."""


_CHECKOUT = Path(__file__).resolve().parents[2]
_NEVER = ("solutions", "tests", "classroom", "workspace", ".git")


def missing() -> str:
    """Why this layer cannot be had here, as the end of a sentence; empty if it can."""
    try:
        import landlockpy
    except ImportError:
        return "the package landlockpy is not installed (python3 setup/run.py brings it)"
    if not landlockpy.supported():
        return "it needs Linux 5.13 or newer with landlock among the security modules named at boot (lsm=landlock,…)"
    return ""


def standard_reads(hidden: Iterable[Path] = ()) -> tuple[Path, ...]:
    """What every sealed process may read: Python's environment, the system's libraries, the course, its resources.

    Args:
        hidden: folders that no sealed process may read even where they lie inside one of these; so are the
            solutions, the tests and the folders of classes and learners in this checkout (a checkout below /usr/src,
            say, would else be open with /usr).
    """
    import course
    from course.resources import cache_directory

    prefixes = (sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix)
    package = Path(next(iter(course.__path__)))
    wanted = [Path(place).resolve() for place in (*prefixes, package, cache_directory())]
    wanted += [place.resolve() for place in map(Path, _SYSTEM) if _there(place)]
    closed = [place.resolve() for place in (*hidden, *(_CHECKOUT / name for name in _NEVER))]
    found = dict.fromkeys(part for place in wanted if _there(place) for part in carve(place, closed))
    return tuple(place for place in found if not any(above in found for above in place.parents))


def _there(place: Path) -> bool:
    try:
        return place.exists()
    except PermissionError:  # somewhere above it is a folder that this user may not enter
        return False


def carve(place: Path, hidden: Iterable[Path]) -> Iterator[Path]:
    """The largest parts of ``place`` that together hold all of it but the hidden folders.

    Landlock's rules only add rights, so a folder within a readable one cannot be taken out again.
    """
    inside = [other for other in hidden if place == other or place in other.parents]
    if not inside:
        yield place
    elif place not in inside:
        for child in sorted(place.iterdir()):
            if not child.is_symlink():  # its target has a rule of its own, or none on purpose
                yield from carve(child, inside)


def closed_to_others(places: Iterable[Path]) -> Path | None:
    """The first place, or folder above one, that a user without rights cannot enter or read; None if all are open."""
    looked: set[Path] = set()
    for place in places:
        for above in place.parents:
            if above not in looked:
                looked.add(above)
                if not above.stat().st_mode & stat.S_IXOTH:
                    return above
        mode = place.stat().st_mode
        if not mode & stat.S_IROTH or (stat.S_ISDIR(mode) and not mode & stat.S_IXOTH):
            return place
    return None


def with_kind(places: Iterable[Path]) -> tuple[tuple[str, bool], ...]:
    """Each place with whether it is a folder, so that no child has to ask again."""
    return tuple((str(place), place.is_dir()) for place in places)


def apply(folder: str, readable: Iterable[tuple[str, bool]]) -> None:
    """Confine the calling thread: read what is named, write the private folder, see no process but itself.

    Places that are gone or closed to this user are passed over: they stay denied. Raises OSError.
    """
    from landlockpy import AccessFS, RestrictFlag, Ruleset, Scope

    of_file = AccessFS.READ_FILE
    of_folder = AccessFS.READ_FILE | AccessFS.READ_DIR
    # No execution, no devices, pipes, sockets or links. REFER lets files move between the folders inside.
    own = (
        of_folder | AccessFS.WRITE_FILE | AccessFS.TRUNCATE | AccessFS.REMOVE_DIR | AccessFS.REMOVE_FILE
        | AccessFS.MAKE_DIR | AccessFS.MAKE_REG | AccessFS.REFER
    )  # fmt: skip
    with Ruleset(scoped=Scope.ABSTRACT_UNIX_SOCKET | Scope.SIGNAL) as rules:
        # /proc/self is resolved here, in the child: the rule is for its own folder in /proc and no other.
        for place, is_folder in (*readable, ("/proc/self", True)):
            with contextlib.suppress(FileNotFoundError, PermissionError):
                rules.allow_path(place, of_folder if is_folder else of_file)
        rules.allow_path("/dev/null", of_file | AccessFS.WRITE_FILE)
        rules.allow_path(folder, own)
        rules.restrict(RestrictFlag.LOG_SAME_EXEC_OFF)
