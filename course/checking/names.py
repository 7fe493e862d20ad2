"""A check of a name that does not exist yet is answered with a card instead of a traceback.

``check("softmax", softmax)`` before the answer's cell has run is a ``NameError`` raised by Python, before ``check`` is
called at all; so IPython is asked to hand such errors to us first.
"""

from __future__ import annotations

import ast
from typing import Any

from course.checking.check import misused
from course.checking.key import KeyMissing, visible_key
from course.checking.verdict import Verdict


def checked_name(cell: str, missing: str) -> str | None:
    """The exercise that a cell checks, if ``missing`` is an argument of that check.

    Args:
        cell: the source of the cell.
        missing: the name that Python did not find.
    """
    try:
        tree = ast.parse(cell)
    except SyntaxError:
        return None
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "check"):
            continue
        names = {inner.id for argument in node.args[1:] for inner in ast.walk(argument) if isinstance(inner, ast.Name)}
        first = node.args[0] if node.args else None
        if missing in names and isinstance(first, ast.Constant) and isinstance(first.value, str):
            return first.value
    return None


def undefined_verdict(exercise: str, missing: str) -> Verdict:
    """The card for an answer that is not defined yet."""
    sentence = (
        f"`{missing}` is not defined yet: run the cell that defines it (Shift+Enter), then run this cell again. If you "
        "did run it, compare the spelling, and look whether that cell ended in an error."
    )
    try:
        points = visible_key(exercise).points
    except KeyMissing as unknown:
        return misused(str(unknown), exercise)
    return Verdict(exercise, 0.0, points, "missing", sentence)


def answer_name_errors(shell: Any) -> None:
    """Ask an IPython shell to answer a ``NameError`` in a check cell with a card; others look as always."""

    def handler(shell: Any, kind: type, error: NameError, traceback: Any, tb_offset: int | None = None) -> None:
        own_cell = traceback is not None and traceback.tb_next is not None and traceback.tb_next.tb_next is None
        source = getattr(shell, "_llm_from_zero_cell", "")
        exercise = checked_name(source, error.name or "") if own_cell else None
        if exercise is None:
            shell.showtraceback((kind, error, traceback), tb_offset=tb_offset)
            return
        # As the cell's result and not as a display: nbgrader reads the result's text, "0.0", as the points.
        shell.displayhook(undefined_verdict(exercise, error.name or ""))

    def remember(info: Any) -> None:
        shell._llm_from_zero_cell = info.raw_cell or ""

    shell.set_custom_exc((NameError,), handler)
    shell.events.register("pre_run_cell", remember)
