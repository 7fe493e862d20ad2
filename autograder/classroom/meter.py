"""How far grading is: a bar on a terminal, a line a submission elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Any, TextIO

from autograder.classroom.screen import printable

if TYPE_CHECKING:
    from autograder.classroom.records import Record


class Meter:
    """Shows progress; use it in a ``with`` block.

    Args:
        screen: where a bar is drawn if it is a terminal.
    """

    def __init__(self, screen: TextIO | None = None) -> None:
        self._screen = screen if screen is not None else sys.stderr
        self._bar: Any = None
        self._fresh = 0

    def __enter__(self) -> Meter:
        self._started = time.monotonic()
        return self

    def begin(self, count: int) -> None:
        """There are so many to grade, or to find graded."""
        if not self._screen.isatty():
            return
        from tqdm import tqdm

        # The rate is that of the last seconds: the start, which imports, says nothing about what is left.
        self._bar = tqdm(total=count, unit=" submissions", file=self._screen, dynamic_ncols=True, smoothing=0.1)

    def __call__(self, record: Record, fresh: bool) -> None:
        """One more is done."""
        self._fresh += fresh
        if self._bar is not None:
            self._bar.update()
            return
        how = "graded" if fresh else "unchanged since it was graded"
        print(f"{printable(record.student)}: {record.score:g} of {record.max_score:g} ({how})", flush=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        seconds = time.monotonic() - self._started
        if self._bar is not None:
            self._bar.close()
        if kind is None and self._fresh:
            rate = self._fresh / seconds if seconds else 0.0
            print(f"{self._fresh} submissions in {seconds:.1f} s, {rate:.1f} a second.", file=self._screen)
