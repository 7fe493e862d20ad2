"""Namespaces: an empty network and an empty set of System V objects for the warm parent and all its children.

Entered once, by the parent, so that a child pays nothing for them. They stand behind seccomp, which refuses sockets
anyway: a second wall, taken where it is free and never required.
"""

from __future__ import annotations

import os
from pathlib import Path

from autograder.sandbox import linux

_entered = False


def missing() -> str:
    """Why this layer cannot be had here, as the end of a sentence; empty if it can. A child of this process tries."""
    pid = os.fork()
    if pid == 0:
        os._exit(0 if enter_namespaces() else 1)
    _, status = os.waitpid(pid, 0)
    return "" if status == 0 else "this kernel, or a container around it, lets no ordinary process make one"


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
