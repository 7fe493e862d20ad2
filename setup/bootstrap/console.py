"""Progress on a terminal: one line that renews itself; elsewhere a line now and then."""

import shutil
import sys
import threading
import time
from collections.abc import Callable
from typing import TextIO

QUIET_SECONDS = 10.0  # between two lines where lines cannot renew themselves


class Progress:
    """Shows what a long step is doing, also while that step itself says nothing."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stdout
        self.live = self.stream.isatty()
        self._last = 0.0
        self._shown = ""

    def show(self, text: str) -> None:
        """Show this text instead of the last one."""
        if self.live:
            width = shutil.get_terminal_size().columns - 1
            self.stream.write("\r\x1b[2K" + text[:width])
            self.stream.flush()
            self._shown = text
        elif text != self._shown and time.monotonic() - self._last >= QUIET_SECONDS:
            self._last, self._shown = time.monotonic(), text
            print(text, file=self.stream, flush=True)

    def say(self, text: str) -> None:
        """A line that stays."""
        if self.live and self._shown:
            self.stream.write("\r\x1b[2K")
        self._shown = ""
        print(text, file=self.stream, flush=True)


class Ticker(threading.Thread):
    """Calls a function twice a second until stopped, for steps that report nothing by themselves."""

    def __init__(self, tick: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self._tick = tick
        self._end = threading.Event()

    def run(self) -> None:
        while not self._end.wait(0.5):
            self._tick()

    def __enter__(self) -> "Ticker":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self.join()
