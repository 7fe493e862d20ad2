"""Putting into the notebook what the learner reads: verdicts in the check cells, repairs on top, nothing of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.build.notebook import check_id
from autograder.classroom.names import checked_name
from course.checking.verdict import Verdict


def exercises_of(notebook: NotebookNode) -> dict[str, float]:
    """``{exercise: points}`` of a notebook that has been through the intake, in its order."""
    found = {}
    for cell in notebook.cells:
        grading = cell.metadata.get("nbgrader", {})
        name = checked_name(cell.source) if grading.get("grade") else ""
        if name and grading.get("grade_id") == check_id(name):
            found[name] = float(grading["points"])
    return found


def show(
    notebook: NotebookNode, verdicts: Mapping[str, Verdict], notes: Iterable[str], hidden: Mapping[str, str]
) -> None:
    """Fill check cells with verdicts and put the notes on top.

    Args:
        notebook: changed in place.
        verdicts: one an exercise.
        notes: what was repaired; those that begin with ``Grader error`` are the instructor's.
        hidden: ``{text: what stands for it}``, for paths of the grader that outputs may quote.
    """
    by_cell = {check_id(name): verdict for name, verdict in verdicts.items()}
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        verdict = by_cell.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
        if verdict is not None:
            cell.outputs = [_result(verdict, cell.execution_count)]
        else:
            cell.outputs = [nbformat.from_dict(_without(output, hidden)) for output in cell.outputs]
    own = [note for note in notes if not note.startswith("Grader error")]
    if own:
        text = "**Before grading**\n\n" + "\n".join(f"* {_escaped(note)}" for note in own)
        notebook.cells.insert(0, nbformat.v4.new_markdown_cell(text, id="before-grading"))


def _result(verdict: Verdict, count: int | None) -> NotebookNode:
    data = {"text/plain": repr(verdict), "text/html": verdict._repr_html_()}
    # As nbformat.v4.new_output makes it, which checks each one against the schema for a millisecond.
    result = {"output_type": "execute_result", "metadata": {}, "data": data, "execution_count": count}
    made: NotebookNode = nbformat.from_dict(result)
    return made


def _without(value: Any, hidden: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        for old, new in hidden.items():
            value = value.replace(old, new)
        return value
    if isinstance(value, dict):
        return {name: _without(item, hidden) for name, item in value.items()}
    return [_without(item, hidden) for item in value] if isinstance(value, list) else value


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|$])", r"\\\1", text)
