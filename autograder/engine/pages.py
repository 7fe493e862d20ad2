"""Memory in large pages, so that forking copies few page-table entries: most of what a fork costs."""

from __future__ import annotations

import ctypes
import re
from pathlib import Path

_LARGE = 2 << 20
_HUGEPAGE, _COLLAPSE = 14, 25  # MADV_HUGEPAGE; MADV_COLLAPSE, Linux 6.1 and newer
_PRIVATE = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) rw-p \S+ 00:00 0 *(?:\[heap\])?$", re.MULTILINE)


def gather() -> int:
    """Put this process's own memory into large pages where the kernel can; returns how many bytes it did.

    A kernel that cannot says so, and nothing is lost: forks then take some milliseconds more.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    gathered = 0
    for begin, end in _PRIVATE.findall(Path("/proc/self/maps").read_text()):
        first, last = -(-int(begin, 16) // _LARGE) * _LARGE, int(end, 16) // _LARGE * _LARGE
        if last > first:
            libc.madvise(first, last - first, _HUGEPAGE)
            gathered += (last - first) * (libc.madvise(first, last - first, _COLLAPSE) == 0)
    return gathered
