"""Grading one submission in a drill, and what the student would get of it in bytes."""

from __future__ import annotations

import json

from tests.attacks.attack import Notebook
from tests.attacks.harness import Arena


def problems_of(arena: Arena, notebook: Notebook, answer: str = "mixed", at_most: int = 3_000_000) -> list[str]:
    """Grade a notebook; what is wrong with its result, its size among it."""
    graded = arena.grader.grade({"flood": notebook.to_bytes()}).get("flood")
    problems = arena.compare(answer, graded)
    size = len(json.dumps(graded.notebook)) if graded is not None else 0
    return [*problems, *([f"the student would get {size:,} bytes"] if size > at_most else [])]
