"""How long a check takes beyond the learner's own function, and what ``import course`` costs.

``python tests/bench/check_latency.py [ROUNDS]`` prints, for each exercise, the 50th and 95th percentile of check and
card for the solution and for every misconception, less the time that the answer itself took; beside it, as a peer
measured in the same run, ``torch.testing.assert_close`` on a small tensor. The course asks of itself at most 50 ms
and 0.2 s.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

from autograder.build.builder import LessonSource, read_source
from autograder.places import lesson_names

BUDGET_MS = 50.0


class Timed:
    """Stands for an answer and adds up the time spent inside it, that of a class's objects included."""

    def __init__(self, answer: Callable[..., Any]) -> None:
        self.spent = 0.0
        self.answer = self._timed_class(answer) if isinstance(answer, type) else answer

    def _timed_class(self, answer: Any) -> Any:
        outer = self

        class TimedObject(answer):  # type: ignore[misc]
            def __call__(self, *args: Any, **kwargs: Any) -> Any:
                return outer.timed(super().__call__, *args, **kwargs)

        return TimedObject

    def timed(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Call a function and add up its time."""
        start = time.perf_counter()
        try:
            return function(*args, **kwargs)
        finally:
            self.spent += time.perf_counter() - start

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.timed(self.answer, *args, **kwargs)


def overheads(source: LessonSource, exercise: Any, rounds: int) -> list[float]:
    """Milliseconds of each check beyond the answer."""
    from course import check

    texts = [source.workbench.solutions[exercise.name]]
    texts += [source.workbench.source_of(exercise.name, m) for m in exercise.misconceptions]
    spent = []
    for text in texts:
        answer = Timed(source.workbench.answer(exercise.name, text))
        for number in range(rounds + 1):
            answer.spent, start = 0.0, time.perf_counter()
            check(exercise.name, answer)._repr_html_()
            if number:  # the first one reads the key
                spent.append(1000 * (time.perf_counter() - start - answer.spent))
    return spent


def peer(rounds: int) -> float:
    """Milliseconds of one ``torch.testing.assert_close`` in this run."""
    import torch

    one = torch.ones(8, 8)
    torch.testing.assert_close(one, one)
    start = time.perf_counter()
    for _ in range(rounds):
        torch.testing.assert_close(one, one)
    return 1000 * (time.perf_counter() - start) / rounds


def main(rounds: int = 5) -> None:
    """Print the table."""
    code = "import time; t = time.perf_counter(); import course; print(time.perf_counter() - t)"
    imports = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout) for _ in range(5)
    ]
    print(f"import course: {statistics.median(imports):.3f} s (median of 5; at most 0.2 s asked)")
    base = peer(200)
    print(f"peer: torch.testing.assert_close on 8×8: {base:.3f} ms\n")
    every: list[float] = []
    for name in lesson_names():
        source = read_source(name)
        for exercise in source.lesson.exercises:
            # An endless loop among the misconceptions would measure the time limit and not the check.
            spent = sorted(overheads(source, exercise, rounds))
            every += spent
            middle, high = spent[len(spent) // 2], spent[int(0.95 * (len(spent) - 1))]
            print(f"{exercise.name:32} p50 {middle:6.2f} ms  p95 {high:6.2f} ms  ({high / base:5.0f} × peer)")
    every.sort()
    high = every[int(0.95 * (len(every) - 1))]
    print(f"\nall {len(every)} checks: p95 {high:.2f} ms, at most {BUDGET_MS:g} ms asked")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LLM_FROM_ZERO_WORKSPACE"] = folder
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
