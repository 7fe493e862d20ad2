"""Time limits get through whatever a loop does, and exceptions are told as the learner's own."""

from __future__ import annotations

import linecache
import threading
import time

import pytest

from course.checking.guard import TimeUp, describe_exception, time_limit


def stubborn() -> None:
    while True:
        try:
            time.sleep(0.001)
        except BaseException:
            if time.monotonic() > DEADLINE:
                raise


DEADLINE = 0.0


def test_a_loop_that_swallows_everything_is_interrupted() -> None:
    global DEADLINE
    DEADLINE = time.monotonic() + 0.5
    with pytest.raises(TimeUp), time_limit(0.1):
        stubborn()


def test_a_function_that_ends_in_time_is_left_alone() -> None:
    with time_limit(0.2):
        pass
    time.sleep(0.3)


def test_outside_the_main_thread_the_limit_holds_too() -> None:
    seen: list[str] = []

    def run() -> None:
        try:
            with time_limit(0.1):
                while True:
                    pass
        except TimeUp:
            seen.append("up")

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(5)
    assert seen == ["up"]


def test_an_exception_is_told_with_the_learners_innermost_line() -> None:
    source = "def scores(q, k):\n    return q @ k\n"
    linecache.cache["<cell>"] = (len(source), None, source.splitlines(keepends=True), "<cell>")
    namespace: dict[str, object] = {}
    exec(compile(source, "<cell>", "exec"), namespace)
    import torch

    with pytest.raises(RuntimeError) as raised:
        namespace["scores"](torch.ones(2, 3), torch.ones(2, 3))  # type: ignore[operator]
    told = describe_exception(raised.value)
    assert told["type"] == "RuntimeError"
    assert (told["line"], told["text"], told["function"]) == (2, "return q @ k", "scores")
    assert "2x3" in told["message"]


def test_addresses_are_left_out_and_a_broken_str_does_no_harm() -> None:
    class Rude(Exception):
        def __str__(self) -> str:
            raise ValueError

    assert describe_exception(Rude())["message"] == ""
    assert "0x…" in describe_exception(ValueError("<object at 0x7f001122aabb>"))["message"]
