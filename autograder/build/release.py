"""The student release of a solution notebook, by nbgrader's own preprocessors."""

from __future__ import annotations

import copy
import hashlib
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    LockCells,
    NbGraderPreprocessor,
)

from autograder.build.regions import restore_stub
from autograder.contract import Lesson


class RestoreStubs(NbGraderPreprocessor):
    """Put a cell's own stub in place; runs after ``ClearSolutions``."""

    def preprocess_cell(self, cell: NotebookNode, resources: Any, cell_index: int) -> tuple[NotebookNode, Any]:
        """Restore the stub of one cell."""
        if cell.cell_type == "code":
            cell.source = restore_stub(cell.source)
        return cell, resources


class DropTags(NbGraderPreprocessor):
    """Take the tags off: they speak to nbval, which compares no release."""

    def preprocess_cell(self, cell: NotebookNode, resources: Any, cell_index: int) -> tuple[NotebookNode, Any]:
        """Take those of one cell off."""
        cell.metadata.pop("tags", None)
        return cell, resources


#: nbgrader's own order, without the steps that need its database, and with our stubs after its own.
PREPROCESSORS: tuple[type[Any], ...] = (
    LockCells, ClearSolutions, RestoreStubs, DropTags, ClearOutput, CheckCellMetadata, ComputeChecksums,
    ClearHiddenTests, ClearMarkScheme, ComputeChecksums, CheckCellMetadata,
)  # fmt: skip


def release_notebook(solution: NotebookNode, lesson: Lesson) -> NotebookNode:
    """The notebook that a learner gets: no solutions, no outputs, nothing about how it was made."""
    notebook = copy.deepcopy(solution)
    resources: dict[str, Any] = {"language": "python", "unique_key": lesson.name, "output_extension": ".ipynb"}
    for preprocessor in PREPROCESSORS:
        notebook, resources = preprocessor().preprocess(notebook, resources)
    notebook.metadata.pop("widgets", None)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell["execution_count"] = None
    content = "\0".join(f"{cell.id}\0{cell.source}" for cell in notebook.cells)
    notebook.metadata["course"] = {"lesson": lesson.name, "release": hashlib.sha256(content.encode()).hexdigest()[:12]}
    return notebook


def notebook_text(notebook: NotebookNode) -> str:
    """The bytes of a notebook file: keys sorted, one trailing newline."""
    nbformat.validate(notebook)
    return str(nbformat.writes(notebook, version=4)).rstrip("\n") + "\n"
