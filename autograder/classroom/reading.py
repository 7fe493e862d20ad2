"""Reading a submission leniently: any bytes become cells, or one sentence that says why they cannot.

nbformat's own reader wants a valid notebook and takes its metadata at its word. A submission is only asked for the
type, the source, the id and the ``grade_id`` of each cell; everything else comes from the release.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.text import loads

MAX_CELLS = 5_000
#: Characters of all code cells together, outputs not counted: each cell is parsed, some of them more than once.
MAX_CODE = 1_000_000
#: Lists, objects, and members of both, outputs included: JSON that is mostly structure takes twenty times its size in
#: memory once it is read.
MAX_PARTS = 2_000_000
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)


class Malformed(ValueError):
    """The file is no notebook; the message is a sentence for the learner."""


@dataclass(frozen=True)
class SubmittedCell:
    """One cell, reduced to what identifies it and what it says."""

    cell_type: str
    source: str
    cell_id: str = ""
    grade_id: str = ""
    has_metadata: bool = False
    tags: tuple[str, ...] = ()
    attachments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SubmittedNotebook:
    """A submission as it was read."""

    cells: tuple[SubmittedCell, ...]
    metadata: Mapping[str, Any]
    version: tuple[int, int]
    notes: tuple[str, ...] = ()


def read_submission(data: bytes) -> SubmittedNotebook:
    """Read the bytes of a submission.

    Raises:
        Malformed: if they are no notebook.
    """
    text, notes = _text(data)
    document = _document(text)
    major, minor = _number(document.get("nbformat"), 4), _number(document.get("nbformat_minor"), 0)
    if major < 4 and "cells" not in document:
        cells: Any = _old_cells(document)
        notes = (*notes, f"The notebook is in the old format {major}.{minor}; it was read as format 4.")
    else:
        cells = document.get("cells")
    if not isinstance(cells, list):
        raise Malformed("The file is JSON but no notebook: it has no list of cells.")
    if len(cells) > MAX_CELLS:
        raise Malformed(f"The notebook has {len(cells):,} cells; at most {MAX_CELLS:,} are read.")
    read = tuple(_cell(cell) for cell in cells if isinstance(cell, dict))
    code = sum(len(cell.source) for cell in read if cell.cell_type != "markdown")
    if code > MAX_CODE:
        raise Malformed(
            f"The notebook's code cells hold {code:,} characters; at most {MAX_CODE:,} are read: keep data in files."
        )
    metadata = document.get("metadata")
    return SubmittedNotebook(
        read,
        metadata if isinstance(metadata, dict) else {},
        (major, minor),
        notes,
    )


def _text(data: bytes) -> tuple[str, tuple[str, ...]]:
    if not data.strip(b"\x00 \t\r\n"):
        raise Malformed("The file is empty.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), ("The file was saved as UTF-16; it was read as such.",)
        except UnicodeDecodeError:
            raise Malformed("The file is no notebook: its text cannot be decoded.") from None
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        if b"\x00" in data:
            raise Malformed("The file is no notebook: it holds binary data.") from None
        return data.decode("latin-1"), ("The file is not UTF-8; it was read as Latin-1, so some letters may be wrong.",)


def _document(text: str) -> dict[str, Any]:
    if _parts(text) > MAX_PARTS and _parts(_STRING.sub("", text)) > MAX_PARTS:
        raise Malformed(
            f"The file has more than {MAX_PARTS:,} parts; no more are read: its outputs may be huge; clear them."
        )
    try:
        document = loads(text)
    except json.JSONDecodeError as error:
        raise Malformed(_why_no_json(text, error)) from None
    except (ValueError, RecursionError):
        raise Malformed("The file is no notebook: its JSON cannot be read.") from None
    if not isinstance(document, dict):
        raise Malformed("The file is JSON but no notebook.")
    return document


def _parts(text: str) -> int:
    return sum(text.count(mark) for mark in ",[{")


def _why_no_json(text: str, error: json.JSONDecodeError) -> str:
    start = text.lstrip()[:200].lower()
    if start.startswith(("<!doctype", "<html")):
        return "The file is a web page, not a notebook: download the notebook itself."
    if any(line.startswith(("<<<<<<< ", ">>>>>>> ")) for line in text.splitlines()):
        return f"The file holds the marks of an unresolved git merge (near line {error.lineno}) and is no notebook."
    # The string that is "unterminated" is so because the text ends in it.
    if error.pos >= len(text.rstrip()) - 1 or error.msg.startswith("Unterminated"):
        return f"The file ends in the middle (line {error.lineno}): it was not saved or not uploaded completely."
    return f"The file is not valid JSON (line {error.lineno}, column {error.colno}), so it is no notebook."


def _old_cells(document: Mapping[str, Any]) -> list[Any]:
    """The cells of format 3 and older: in worksheets, code under ``input``, headings as a type of their own."""
    cells: list[Any] = []
    worksheets = document.get("worksheets")
    for sheet in worksheets if isinstance(worksheets, list) else []:
        found = sheet.get("cells") if isinstance(sheet, dict) else None
        cells.extend(_new_style(cell) for cell in found or [] if isinstance(cell, dict))
    return cells


def _new_style(cell: dict[str, Any]) -> dict[str, Any]:
    if cell.get("cell_type") == "code":
        return {**cell, "source": cell.get("input", cell.get("source", ""))}
    if cell.get("cell_type") == "heading":
        return {**cell, "cell_type": "markdown", "source": "#" * _number(cell.get("level"), 1) + " " + _source(cell)}
    return cell


def _cell(cell: Mapping[str, Any]) -> SubmittedCell:
    metadata = cell.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    grading = metadata.get("nbgrader")
    grading = grading if isinstance(grading, dict) else {}
    tags = metadata.get("tags")
    cell_type = cell.get("cell_type")
    attachments: Any = cell.get("attachments")
    return SubmittedCell(
        cell_type if cell_type in ("code", "markdown", "raw") else "raw",
        _source(cell),
        _string(cell.get("id")),
        _string(grading.get("grade_id")),
        bool(grading),
        tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
        attachments if cell_type == "markdown" and _is_attachments(attachments) else {},
    )


def _source(cell: Mapping[str, Any]) -> str:
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    text = source if isinstance(source, str) else ""
    # Lone surrogates are legal in JSON and cannot be written to a file again.
    return text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def _is_attachments(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(bundle, dict) and all(isinstance(data, str) for data in bundle.values()) for bundle in value.values()
    )


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Any, default: int) -> int:
    return value if isinstance(value, int) and 0 <= value < 1000 else default
