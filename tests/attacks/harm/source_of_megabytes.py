"""Forty megabytes of program text, every cell of it just short enough to be looked at."""

import time

from tests.attacks.attack import Drill, code_cell
from tests.attacks.harness import Arena


def run(arena: Arena) -> list[str]:
    """Hand it in."""
    notebook = arena.honest("mixed")
    for number in range(60):
        notebook.cells.append(code_cell("x\n" * 240_000 + str(number), f"long-{number}"))
    started = time.monotonic()
    graded = arena.grader.grade({"long": notebook.to_bytes()})["long"]
    spent = time.monotonic() - started
    problems = arena.compare("mixed", graded, ("malformed", "timeout"))
    return [*problems, *([f"it took {spent:.0f} s"] if spent > arena.allowed(25) else [])]


DRILL = Drill("forty megabytes of program text", run, "malformed", seconds=40)
