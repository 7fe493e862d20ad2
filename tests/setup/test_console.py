"""Progress: one line that renews itself on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import io
import time

import pytest

from bootstrap import console


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_a_line_renews_itself() -> None:
    stream = Terminal()
    progress = console.Progress(stream)
    progress.show("one of two")
    progress.show("two of two")
    progress.say("done")
    assert stream.getvalue().count("\n") == 1
    assert stream.getvalue().endswith("\r\x1b[2Kdone\n")


def test_a_long_line_never_wraps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    stream = Terminal()
    console.Progress(stream).show("x" * 100)
    assert stream.getvalue().count("x") == 19


def test_elsewhere_only_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    progress = console.Progress(stream)
    progress._last = time.monotonic()
    progress.show("too soon")
    monkeypatch.setattr(console, "QUIET_SECONDS", 0.0)
    progress.show("in time")
    progress.show("in time")
    assert stream.getvalue() == "in time\n"


def test_the_ticker_ticks_and_stops() -> None:
    ticks: list[float] = []
    with console.Ticker(lambda: ticks.append(time.monotonic())):
        time.sleep(1.2)
    count = len(ticks)
    assert count >= 1
    time.sleep(0.6)
    assert len(ticks) == count
