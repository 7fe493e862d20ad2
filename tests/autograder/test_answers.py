"""Answers are run as a notebook would run them: as coroutines too, and with annotations that are what they say."""

from __future__ import annotations

import asyncio
import inspect

from autograder.answers import Workbench
from autograder.build.source import SourceCell


def _workbench(source: str) -> Workbench:
    return Workbench("00_tiny", [SourceCell("code", source, {"exercise": "answer"})])


def test_an_exercise_may_be_a_coroutine() -> None:
    workbench = _workbench("async def answer(x):\n    return x + 1\n")
    assert asyncio.run(workbench.solution("answer")(1)) == 2


def test_annotations_are_objects_not_texts() -> None:
    workbench = _workbench("def answer(x: int) -> list[int]:\n    return [x]\n")
    assert inspect.signature(workbench.solution("answer")).parameters["x"].annotation is int
