"""Seals a forked process before student code runs in it, and watches it from outside.

In the warm parent, once: :func:`prepare` (and :func:`enter_namespaces`, :func:`adopt_orphans`). In the forked child:
:func:`seal`. In the supervisor: :func:`require` before anything starts, then :func:`watch`, :func:`sweep` and
:func:`remove_tree`. Importing this package loads none of the Linux-only parts, so it can be imported everywhere.
"""

from autograder.sandbox.ending import adopt_orphans, end_tree, sweep
from autograder.sandbox.layers import LAYERS, SandboxRefusal, available, require
from autograder.sandbox.namespaces import enter_namespaces
from autograder.sandbox.room import make_room, remove_tree
from autograder.sandbox.sealing import SealError, prepare, seal
from autograder.sandbox.spec import Limits, SealSpec
from autograder.sandbox.watching import Watch, watch

__all__ = [
    "LAYERS",
    "Limits",
    "SandboxRefusal",
    "SealError",
    "SealSpec",
    "Watch",
    "adopt_orphans",
    "available",
    "end_tree",
    "enter_namespaces",
    "make_room",
    "prepare",
    "remove_tree",
    "require",
    "seal",
    "sweep",
    "watch",
]
