"""Cells of a lesson ↔ a notebook with nbgrader's metadata."""

from __future__ import annotations

from typing import Any

import nbformat.v4 as v4
from nbformat import NotebookNode

from autograder.build.source import CHECK, EXERCISE, SETUP, VOLATILE, SourceCell, content_id
from autograder.build.stable import NOT_COMPARED
from autograder.contract import ContractError, Exercise, Lesson

KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
}
_SCHEMA = 3


def check_id(exercise: str) -> str:
    """The ``grade_id`` and cell id of an exercise's check cell."""
    return "check-" + exercise.replace("_", "-")


def card_id(exercise: str) -> str:
    """The cell id of an exercise's card."""
    return "card-" + exercise.replace("_", "-")


def card_text(exercise: Exercise) -> str:
    """The line above an exercise that says what it asks for in points, difficulty and time."""
    stars = "★" * exercise.difficulty + "☆" * (3 - exercise.difficulty)
    points = f"{exercise.points:g} point" + ("" if exercise.points == 1 else "s")
    level = ("a line or two", "some thought", "takes thought")[exercise.difficulty - 1]
    return (
        f"> **Exercise: `{exercise.name}`** · {stars} {level} · about {exercise.minutes} minutes · {points} · "
        f'stuck? `hint("{exercise.name}")`'
    )


def _grade_metadata(grade_id: str, *, points: float | None) -> dict[str, Any]:
    is_check = points is not None
    metadata: dict[str, Any] = {
        "grade": is_check,
        "grade_id": grade_id,
        "locked": is_check,
        "schema_version": _SCHEMA,
        "solution": not is_check,
        "task": False,
    }
    if is_check:
        metadata["points"] = points
    return metadata


def expand(cells: list[SourceCell], lesson: Lesson) -> NotebookNode:
    """Make the (unexecuted) solution notebook of a lesson."""
    exercises = {exercise.name: exercise for exercise in lesson.exercises}
    taken: set[str] = set()
    made = []
    for cell in cells:
        if cell.exercise:
            exercise = exercises[cell.exercise]
            card = v4.new_markdown_cell(card_text(exercise), metadata={"course": {"card": exercise.name}})
            made.append(card | {"id": card_id(exercise.name)})
            metadata: dict[str, Any] = {"nbgrader": _grade_metadata(exercise.name, points=None)}
            identity = exercise.name
        elif cell.check:
            exercise = exercises[cell.check]
            metadata = {"nbgrader": _grade_metadata(check_id(exercise.name), points=exercise.points)}
            identity = check_id(exercise.name)
        else:
            metadata = {"course": {"setup": True}} if cell.tags.get(SETUP) else {}
            if cell.tags.get(VOLATILE):
                metadata["tags"] = [NOT_COMPARED]
            identity = content_id(cell, taken)
        make = v4.new_markdown_cell if cell.kind == "markdown" else v4.new_code_cell
        made.append(make(cell.source, metadata=metadata) | {"id": identity})
    metadata = {"kernelspec": KERNELSPEC, "language_info": LANGUAGE, "course": {"lesson": lesson.name}}
    return NotebookNode(v4.new_notebook(cells=[NotebookNode(cell) for cell in made], metadata=metadata))


def collapse(notebook: NotebookNode, lesson: Lesson) -> list[SourceCell]:
    """The cells of a solution notebook that an instructor edited, as ``lesson.py`` writes them.

    Cards are dropped (the build makes them); exercises are recognised by their ``grade_id``.

    Raises:
        ContractError: if a graded cell belongs to no exercise of the contract.
    """
    names = {exercise.name for exercise in lesson.exercises}
    checks = {check_id(name): name for name in names}
    cells = []
    for cell in notebook.cells:
        own = cell.metadata.get("course", {})
        if "card" in own:
            continue
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        tags: dict[str, Any] = {}
        if grade_id in names:
            tags[EXERCISE] = grade_id
        elif grade_id in checks:
            tags[CHECK] = checks[grade_id]
        elif grade_id is not None:
            raise ContractError(
                f"the cell with the grade_id {grade_id!r} belongs to no exercise of {lesson.name}: declare it in "
                "exercises.py, or take the nbgrader mark off the cell."
            )
        elif own.get("setup"):
            tags[SETUP] = True
        if NOT_COMPARED in cell.metadata.get("tags", []):
            tags[VOLATILE] = True
        if cell.cell_type not in ("code", "markdown"):
            raise ContractError(f"a {cell.cell_type} cell has no form in lesson.py: make it code or markdown.")
        if cell.get("attachments"):
            raise ContractError(
                "a cell has an attached picture, which lesson.py cannot hold: draw it with code instead."
            )
        cells.append(SourceCell(cell.cell_type, cell.source, tags))
    return cells
