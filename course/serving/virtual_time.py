"""An event loop whose clock jumps: when all tasks wait, time goes on to the next timer at once.

So what takes seconds by the clock of a program takes none in a test, and gives the same every time.
"""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def run_virtual(main: Coroutine[Any, Any, T], *, limit: float = 3600.0) -> T:
    """``asyncio.run`` on a loop whose ``time()`` starts at 0 and costs nothing.

    Nothing in ``main`` may wait for a thread, a process or a socket. ``time.monotonic()`` is not changed: only
    ``loop.time()``, and all that is built on it (``asyncio.sleep``, ``wait_for``, ``timeout``).

    Raises:
        TimeoutError: if nothing is left to wait for and ``main`` is not done, or after ``limit`` virtual seconds.
    """
    raise NotImplementedError
