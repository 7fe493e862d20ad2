"""An event loop whose clock is made up: a wait of an hour takes no time, and every run is the same as the last.

For trying code that waits. Where nothing is ready the loop does not sleep; it moves its clock on to the next moment at
which something is due. ``time.monotonic``, ``time.perf_counter`` and ``time.sleep`` follow the same clock while a loop
runs. ``time.time`` follows it at a distance, as on any machine: it counts from 1970, and the others do not.
"""

from __future__ import annotations

import asyncio
import contextlib
import selectors
import time
from collections.abc import Coroutine, Iterator
from typing import Any
from unittest import mock

#: Seconds by which the clock moves when the loop only goes round: who asks again and again gets somewhere in the end.
STEP = 1e-5
#: What ``time.time`` says when the loop's clock stands at 0.
EPOCH = 1.8e9


class Stuck(Exception):
    """Everybody waits, and nothing will ever come."""


class _Clock(selectors.DefaultSelector):
    """A selector that moves the clock on, in place of waiting for files."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        ready: list[Any] = super().select(0)
        if not ready:
            if timeout is None:
                raise Stuck("everybody waits, and nothing will ever come")
            self.now += max(timeout, STEP)
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop with a clock of its own, which begins at 0.

    It may not be used with threads, files or sockets: what comes from outside has no place on its clock.
    """

    def __init__(self) -> None:
        self.clock = _Clock()
        super().__init__(self.clock)

    def time(self) -> float:
        """Seconds since the loop was made, on its own clock."""
        return self.clock.now


@contextlib.contextmanager
def _clocks_follow(loop: VirtualLoop) -> Iterator[None]:
    def sleep(seconds: float) -> None:
        loop.clock.now += seconds

    def wall_clock() -> float:
        return EPOCH + loop.time()

    with contextlib.ExitStack() as stack:
        for name in ("monotonic", "perf_counter"):
            stack.enter_context(mock.patch.object(time, name, loop.time))
        stack.enter_context(mock.patch.object(time, "time", wall_clock))
        stack.enter_context(mock.patch.object(time, "sleep", sleep))
        yield


def run(main: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine on a new :class:`VirtualLoop` and return its result.

    Raises:
        Stuck: if the coroutine waits for what will never come.
    """
    # A notebook's own loop runs in this very thread; asyncio must not see it meanwhile.
    outside = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    loop = VirtualLoop()
    try:
        with _clocks_follow(loop):
            task = loop.create_task(main)
            try:
                return loop.run_until_complete(task)
            finally:
                _end_all(loop)
    finally:
        loop.close()
        asyncio._set_running_loop(outside)


def _end_all(loop: VirtualLoop) -> None:
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()

    async def ended() -> None:
        await asyncio.gather(*left, return_exceptions=True)

    with contextlib.suppress(Stuck):
        loop.run_until_complete(ended())
