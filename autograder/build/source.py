"""The source of a lesson, ``lesson.py``, as cells, and back again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.build.regions import check_markers
from autograder.contract import ContractError, Lesson

EXERCISE, CHECK, SETUP, VOLATILE = "exercise", "check", "setup", "volatile"
_TAGS = {EXERCISE, CHECK, SETUP, VOLATILE}


@dataclass(frozen=True)
class SourceCell:
    """A cell of a lesson: ``kind`` is ``code`` or ``markdown``; ``tags`` are the short ones that the build expands."""

    kind: str
    source: str
    tags: dict[str, Any] = field(default_factory=dict)

    @property
    def exercise(self) -> str | None:
        """The exercise that this cell answers."""
        return self.tags.get(EXERCISE)

    @property
    def check(self) -> str | None:
        """The exercise that this cell checks."""
        return self.tags.get(CHECK)


def _tags(metadata: Mapping[str, Any]) -> dict[str, Any]:
    # How many blank lines follow a cell is a matter of layout, which `format_text` settles.
    return {name: value for name, value in metadata.items() if name != "lines_to_next_cell"}


def parse(text: str, place: str) -> list[SourceCell]:
    """Read ``lesson.py``.

    Raises:
        ContractError: for an unknown tag, a misspelt region marker, or a text that would not survive a round trip.
    """
    import jupytext

    check_markers(text, place)
    notebook = jupytext.reads(text, fmt="py:percent")
    cells = []
    for cell in notebook.cells:
        tags = _tags(cell.metadata)
        unknown = set(tags) - _TAGS
        if unknown:
            raise ContractError(
                f"{place}: a cell has the unknown tag {sorted(unknown)[0]!r}; "
                "tags are exercise, check, setup and volatile."
            )
        cells.append(SourceCell("markdown" if cell.cell_type == "markdown" else "code", cell.source, tags))
    written = write(cells)
    if written != text:
        line = next(
            (i for i, (a, b) in enumerate(zip(written.splitlines(), text.splitlines(), strict=False), 1) if a != b),
            min(written.count("\n"), text.count("\n")) + 1,
        )
        raise ContractError(
            f"{place}, line {line}: this is not as the notebook would write it back; "
            "`autograder build --format` puts lesson.py into that form."
        )
    return cells


def write(cells: list[SourceCell]) -> str:
    """The text of ``lesson.py`` for these cells."""
    import jupytext
    import nbformat.v4 as v4

    notebook = v4.new_notebook(
        metadata={"jupytext": {"notebook_metadata_filter": "-all", "cell_metadata_filter": "all"}}
    )
    for cell in cells:
        make = v4.new_markdown_cell if cell.kind == "markdown" else v4.new_code_cell
        notebook.cells.append(make(cell.source, metadata=dict(cell.tags)))
    return str(jupytext.writes(notebook, fmt="py:percent"))


def format_text(text: str) -> str:
    """``lesson.py`` in the form that a notebook would write back."""
    import jupytext

    notebook = jupytext.reads(text, fmt="py:percent")
    return write(
        [
            SourceCell("markdown" if cell.cell_type == "markdown" else "code", cell.source, _tags(cell.metadata))
            for cell in notebook.cells
        ]
    )


def read_lesson(path: Path, place: str) -> list[SourceCell]:
    """Read a lesson's source file.

    Raises:
        ContractError: if it is missing or not in order.
    """
    if not path.is_file():
        raise ContractError(f"{place} is missing.")
    return parse(path.read_text(encoding="utf-8"), place)


def match_contract(cells: list[SourceCell], lesson: Lesson) -> None:
    """Hold the source against the contract.

    Raises:
        ContractError: if an exercise has no cell, two cells, or no check after it; or if a cell names no exercise.
    """
    names = [exercise.name for exercise in lesson.exercises]
    for tag in (EXERCISE, CHECK):
        tagged = [cell.tags[tag] for cell in cells if tag in cell.tags]
        for name in names:
            if tagged.count(name) != 1:
                raise ContractError(
                    f"{lesson.name}: {name!r} needs exactly one cell tagged {tag}, and has {tagged.count(name)}."
                )
        for name in tagged:
            if name not in names:
                raise ContractError(
                    f"{lesson.name}: a cell is tagged {tag}={name!r}, which the contract does not declare."
                )
        if tagged != names:
            raise ContractError(f"{lesson.name}: the cells tagged {tag} are not in the contract's order: {tagged}.")
    for cell in cells:
        if VOLATILE in cell.tags and (cell.exercise or cell.check or cell.kind != "code"):
            raise ContractError(
                f"{lesson.name}: only a code cell that is neither an exercise nor a check may be volatile, since what "
                "a graded cell shows must be the same everywhere."
            )
        if cell.exercise and not re.search(
            rf"^(async def|def|class) {cell.exercise}\b|^{cell.exercise}\s*[:=]", cell.source, re.M
        ):
            raise ContractError(f"{lesson.name}: the cell of {cell.exercise!r} does not define that name.")
        if cell.exercise and "### BEGIN SOLUTION" not in cell.source:
            raise ContractError(f"{lesson.name}: the cell of {cell.exercise!r} has no solution region.")
        if not cell.exercise and "### BEGIN SOLUTION" in cell.source:
            raise ContractError(
                f"{lesson.name}: a solution region stands in a cell that is no exercise; tag it exercise=…."
            )


def content_id(cell: SourceCell, taken: set[str]) -> str:
    """A cell id from the content, so that two builds agree; equal cells are numbered."""
    digest = hashlib.sha256(f"{cell.kind}\n{cell.source}".encode()).hexdigest()[:10]
    found, number = digest, 2
    while found in taken:
        found, number = f"{digest}-{number}", number + 1
    taken.add(found)
    return found
