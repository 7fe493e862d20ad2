"""Namespaces: an empty network and an empty set of System V objects for the warm parent and all its children.

Entered once, by the parent, so that a child pays nothing for them. They stand behind seccomp, which refuses sockets
anyway: a second wall, taken where it is free and never required.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from autograder.sandbox import linux

_entered = False

_SETTINGS = {
    "user/max_user_namespaces": "0",
    "kernel/unprivileged_userns_clone": "0",
    "kernel/apparmor_restrict_unprivileged_userns": "1",
}


def missing() -> str:
    """Why this layer can hardly be had here, as the end of a sentence; empty if it should work.

    Judged from the system's settings: to try it would change this process. What :func:`seal` returns is certain.
    """
    if os.geteuid() == 0:
        may = bool(linux.effective_capabilities() >> linux.CAP_SYS_ADMIN & 1)
        return "" if may else "root may not make one in this container (it lacks CAP_SYS_ADMIN)"
    for setting, forbidding in _SETTINGS.items():
        with contextlib.suppress(OSError):
            if Path("/proc/sys", setting).read_text().strip() == forbidding:
                return f"ordinary users may not make one here (the setting {setting} is {forbidding})"
    return ""


def enter_namespaces() -> bool:
    """Leave the network and the System V objects of the host; False where that is not permitted."""
    global _entered
    if _entered:
        return True
    apart = linux.CLONE_NEWNET | linux.CLONE_NEWIPC
    try:
        if os.geteuid() == 0:
            linux.unshare(apart)
        else:
            uid, gid = os.geteuid(), os.getegid()
            linux.unshare(linux.CLONE_NEWUSER | apart)
            Path("/proc/self/setgroups").write_text("deny")
            Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
            Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
    except OSError:
        return False
    _entered = True
    return True


def entered() -> bool:
    """Whether this process, or the one it was forked from, has entered them."""
    return _entered
