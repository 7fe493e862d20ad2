"""Bringing a learner's notebook up to a new release without losing a character of theirs.

Three versions meet: the release that was handed out (kept beside the copy), the learner's copy, and the new release.
Cells are recognised by their ``grade_id``, else by their id.
"""

from __future__ import annotations

import copy
from typing import Any

Notebook = dict[str, Any]
Cell = dict[str, Any]

_YOURS = {
    "code": "# Kept from your copy: the course's own version of this cell, above, has changed since.\n",
    "markdown": "*Kept from your copy: the course's own version of this cell, above, has changed since.*\n\n",
}


def cell_key(cell: Cell) -> str | None:
    """What a cell is recognised by across versions; ``None`` for one that has neither grade_id nor id."""
    grade_id = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")
    return grade_id or cell.get("id")


def source_text(cell: Cell) -> str:
    """A cell's source as one string; on disk it may be a list of lines."""
    source = cell.get("source", "")
    return "".join(source) if isinstance(source, list) else str(source)


def _by_key(notebook: Notebook) -> dict[str, Cell]:
    return {key: cell for cell in notebook["cells"] if (key := cell_key(cell)) is not None}


def _is_answer(cell: Cell) -> bool:
    return bool(cell.get("metadata", {}).get("nbgrader", {}).get("solution"))


def _is_locked(cell: Cell) -> bool:
    return bool(cell.get("metadata", {}).get("nbgrader", {}).get("locked"))


def merge(handed_out: Notebook, mine: Notebook, release: Notebook) -> Notebook:
    """The new release with the learner's work in it.

    Args:
        handed_out: the release that the learner's copy was made from.
        mine: the learner's copy.
        release: the new release.

    Returns:
        The new release, in which every answer that differs from its stub is the learner's; every cell that the learner
        added stands behind the cell it stood behind; and every other cell that the learner changed is kept, in place of
        the course's where that has not changed, else behind it with a note.
    """
    before, fresh = _by_key(handed_out), _by_key(release)
    merged: Notebook = copy.deepcopy(release)
    place = {key: index for index, cell in enumerate(merged["cells"]) if (key := cell_key(cell)) is not None}
    behind: dict[int, list[Cell]] = {}
    anchor = -1
    for cell in mine["cells"]:
        key = cell_key(cell)
        known = key in before
        if key in place:
            anchor = place[key]
        if key is None or not known:
            behind.setdefault(anchor, []).append(_added(cell))
            continue
        text = source_text(cell)
        if text == source_text(before[key]) or _is_locked(cell):
            continue
        if key in place and (_is_answer(cell) or source_text(fresh[key]) == source_text(before[key])):
            merged["cells"][place[key]]["source"] = cell["source"]
        elif text.strip():
            behind.setdefault(anchor, []).append(_added(cell, note=True))
    cells = list(behind.get(-1, []))
    for index, cell in enumerate(merged["cells"]):
        cells.append(cell)
        cells += behind.get(index, [])
    _distinguish(cells)
    merged["cells"] = cells
    return merged


def _distinguish(cells: list[Cell]) -> None:
    """Give a cell another id where its own is taken: a notebook with two equal ids is not valid."""
    taken: set[str] = set()
    for cell in cells:
        if "id" in cell:
            wanted, number = cell["id"], 1
            while cell["id"] in taken:
                number += 1
                cell["id"] = f"{wanted[:58]}-{number}"
            taken.add(cell["id"])


def _added(cell: Cell, *, note: bool = False) -> Cell:
    kept = copy.deepcopy(cell)
    if note:
        # No longer the course's cell: without its mark and id it cannot be taken for one.
        kept["source"] = _YOURS.get(kept["cell_type"], "") + source_text(cell)
        kept["metadata"] = {}
        kept["id"] = f"kept-{cell_key(cell)}"[:64]
    if kept["cell_type"] == "code":
        kept["outputs"], kept["execution_count"] = [], None
    return kept
