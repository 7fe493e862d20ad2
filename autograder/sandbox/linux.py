"""The few kernel calls that Python has no function for.

``prctl``, ``capset`` and ``unshare`` are three calls of libc; a package for each would be more code than this. The
standard library has ``os.unshare`` from Python 3.12 on only.
"""

from __future__ import annotations

import ctypes
import os

PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_SET_SECCOMP = 22
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
PR_GET_NO_NEW_PRIVS = 39

SECCOMP_MODE_FILTER = 2

CLONE_THREAD = 0x00010000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
CLONE_NEW_ANY = 0x7E020080
"""Every flag that asks for a namespace: time, mount, cgroup, uts, ipc, user, pid, net."""

CAP_CHOWN = 0
CAP_DAC_READ_SEARCH = 2
CAP_SETGID = 6
CAP_SETUID = 7
CAP_SYS_ADMIN = 21

_CAPABILITY_VERSION_3 = 0x20080522


class _CapabilityHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _CapabilityData(ctypes.Structure):
    _fields_ = [("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32)]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


_libc: ctypes.CDLL | None = None


def libc() -> ctypes.CDLL:
    """The C library that Python itself runs on, with errno kept."""
    global _libc
    if _libc is None:
        _libc = ctypes.CDLL(None, use_errno=True)
    return _libc


def _check(result: int, what: str) -> int:
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def prctl(option: int, argument: int = 0) -> int:
    """``prctl(option, argument)`` for the calling thread. Raises OSError."""
    words = [ctypes.c_ulong(value) for value in (argument, 0, 0, 0)]
    return _check(libc().prctl(ctypes.c_int(option), *words), f"prctl {option}")


def load_filter(program: bytes) -> None:
    """Put a seccomp filter (an array of ``struct sock_filter``) on the calling thread. Raises OSError."""
    code = ctypes.create_string_buffer(program, len(program))
    whole = _Program(len(program) // 8, ctypes.addressof(code))
    words = (ctypes.c_ulong(SECCOMP_MODE_FILTER), ctypes.c_void_p(ctypes.addressof(whole)))
    rest = (ctypes.c_ulong(0), ctypes.c_ulong(0))
    _check(libc().prctl(ctypes.c_int(PR_SET_SECCOMP), *words, *rest), "seccomp")


def set_capabilities(effective: int, permitted: int) -> None:
    """Replace the calling thread's capability sets (bit masks of the first 32; the others are dropped)."""
    header = _CapabilityHeader(_CAPABILITY_VERSION_3, 0)
    data = (_CapabilityData * 2)()
    data[0].effective, data[0].permitted = effective, permitted
    _check(libc().capset(ctypes.byref(header), ctypes.byref(data)), "capset")


def effective_capabilities() -> int:
    """The capabilities in force in this process, as a bit mask."""
    return int(process_status()["CapEff"], 16)


def process_status() -> dict[str, str]:
    """The lines of /proc/self/status."""
    with open("/proc/self/status") as file:
        return {name: value.strip() for name, _, value in (line.partition(":") for line in file)}


def unshare(flags: int) -> None:
    """Leave the namespaces named by the flags. Raises OSError."""
    _check(libc().unshare(ctypes.c_int(flags)), "unshare")
