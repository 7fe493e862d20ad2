"""The skeleton of a lesson: the release notebook, and which of its cells answer and check which exercise."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from autograder.classroom.names import checked_name, normalised


@dataclass(frozen=True)
class SkeletonExercise:
    """Where an exercise stands in the release."""

    name: str
    points: float
    answer: int
    check: int


@dataclass(frozen=True)
class Skeleton:
    """A release notebook with its exercises, by index of cell.

    Attributes:
        notebook: the release as nbformat reads it; never changed.
        exercises: ``{name: where it stands}``, in the notebook's order.
        stubs: sources (normalised) of untouched answer cells, of this release and of older ones.
        retired: sources (normalised) of cells that only older releases have.
    """

    notebook: nbformat.NotebookNode
    exercises: Mapping[str, SkeletonExercise]
    stubs: frozenset[str]
    retired: frozenset[str]

    @property
    def lesson(self) -> str:
        """The lesson's name, as the release says it."""
        return str(self.notebook.metadata.get("course", {}).get("lesson", ""))

    @property
    def release(self) -> str:
        """The release's fingerprint."""
        return str(self.notebook.metadata.get("course", {}).get("release", ""))

    def copy(self) -> nbformat.NotebookNode:
        """A copy of the release that may be changed."""
        return _copied(self.notebook)


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        made = nbformat.NotebookNode()
        # As a plain dict does it: a node looks at every value that it is given, and these are nodes already.
        dict.update(made, {name: _copied(item) for name, item in value.items()})
        return made
    return [_copied(item) for item in value] if isinstance(value, list) else value


def _grading(cell: nbformat.NotebookNode) -> Mapping[str, Any]:
    grading: Mapping[str, Any] = cell.metadata.get("nbgrader", {})
    return grading


def _exercises(notebook: nbformat.NotebookNode) -> dict[str, SkeletonExercise]:
    answers = {
        _grading(cell)["grade_id"]: index
        for index, cell in enumerate(notebook.cells)
        if _grading(cell).get("solution") and not _grading(cell).get("grade")
    }
    found = {}
    for index, cell in enumerate(notebook.cells):
        name = checked_name(cell.source) if _grading(cell).get("grade") else ""
        if name in answers:
            found[name] = SkeletonExercise(name, float(_grading(cell)["points"]), answers[name], index)
    return found


def read_skeleton(path: Path, older: tuple[Path, ...] = ()) -> Skeleton:
    """Read a release notebook, and older releases of it that a learner may still have."""
    notebook = nbformat.read(path, as_version=4)
    exercises = _exercises(notebook)
    stubs = {normalised(notebook.cells[exercise.answer].source) for exercise in exercises.values()}
    sources = {normalised(cell.source) for cell in notebook.cells}
    retired: set[str] = set()
    for former in older:
        past = nbformat.read(former, as_version=4)
        past_exercises = _exercises(past)
        stubs |= {normalised(past.cells[exercise.answer].source) for exercise in past_exercises.values()}
        retired |= {normalised(cell.source) for cell in past.cells}
    return Skeleton(notebook, exercises, frozenset(stubs), frozenset(retired - sources - stubs))


def basis_of(keys: Path) -> str:
    """The fingerprint of the hidden keys in a folder: a submission graded with other keys is graded again."""
    digest = hashlib.sha256()
    for path in sorted(keys.glob("*.json")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
