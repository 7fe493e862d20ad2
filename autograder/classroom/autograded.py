"""The folders of graded submissions as nbgrader has them, each there as a whole or as it was before."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.classroom.folder import Classroom
from autograder.classroom.records import VERDICTS, Record
from autograder.errors import AutograderError

_WORK = ".grading"
#: What nbformat takes for text, beside ``text/…``, and what it does not write.
_TEXT = ("application/javascript", "image/svg+xml")
_TRANSIENT = ("orig_nbformat", "orig_nbformat_minor", "signature")


@contextmanager
def at_work(classroom: Classroom) -> Iterator[Path]:
    """The only run that grades in a classroom; gives a folder, on the same disk, for what is not yet done.

    The system takes the lock back from a run that is killed, and the next one sweeps up after it.

    Raises:
        AutograderError: if another run is at work there.
    """
    folder = classroom.root / _WORK
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise AutograderError(
                f"Another `autograder grade` is at work in {classroom.root}: wait until it has ended."
            ) from None
        _sweep(folder)
        try:
            yield folder
        finally:
            _sweep(folder)


def _sweep(folder: Path) -> None:
    for left in folder.iterdir():
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)


class Shelf:
    """Puts graded submissions into their folders.

    Args:
        classroom: whose folders.
        work: the folder of :func:`at_work`.
        permissions: of the files, as nbgrader is set to give them.
        group: whether a group shares the course, as nbgrader is set.
    """

    def __init__(self, classroom: Classroom, work: Path, permissions: int = 0o444, group: bool = False) -> None:
        self._classroom, self._work = classroom, work
        self._permissions, self._group = permissions, group
        self._count = 0

    def put(self, record: Record, notebook: NotebookNode, timestamp: str | None, further: Mapping[str, Path]) -> None:
        """Replace the folder of a submission.

        Args:
            record: its verdicts.
            notebook: as it was run.
            timestamp: the text of its ``timestamp.txt``, if it has one.
            further: ``{relative path: file}`` of what else belongs there.
        """
        self._count += 1
        fresh, old = self._work / f"new-{self._count}", self._work / f"old-{self._count}"
        fresh.mkdir()
        for name, path in further.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, fresh / name)
        (fresh / f"{record.lesson}.ipynb").write_text(notebook_text(notebook), encoding="utf-8", newline="\n")
        if timestamp is not None:
            (fresh / "timestamp.txt").write_text(timestamp, encoding="utf-8", newline="\n")
        (fresh / VERDICTS).write_text(record.to_text(), encoding="utf-8", newline="\n")
        self._permit(fresh)
        target = self._classroom.autograded(record.student, record.lesson)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            os.rename(target, old)
        os.rename(fresh, target)
        if old.exists():
            shutil.rmtree(old)

    def _permit(self, folder: Path) -> None:
        for place, _, names in os.walk(folder):
            for name in names:
                os.chmod(os.path.join(place, name), self._permissions)
            if self._group:
                os.chmod(place, os.stat(place).st_mode & 0o777 | 0o2770)


def notebook_text(notebook: NotebookNode) -> str:
    """A notebook as nbformat writes it, in a fraction of the time.

    nbformat copies the notebook, checks it against its schema and lets Python's slow encoder indent it. What is written
    here came through the intake, and its outputs were looked at by the engine.
    """
    kept = {name: value for name, value in notebook["metadata"].items() if name not in _TRANSIENT}
    rest = {**notebook, "cells": [], "metadata": kept}
    cells = ",\n  ".join(map(_cell_text, notebook["cells"]))
    parts: list[str] = []
    _write(rest, "\n", parts.append)
    # "cells" comes first, and nothing before it can hold brackets.
    return "".join(parts).replace('"cells": []', f'"cells": [\n  {cells}\n ]' if cells else '"cells": []', 1) + "\n"


def _cell_text(cell: Mapping[str, Any]) -> str:
    """A cell as it lies in the file; most are the release's, the same in every submission."""
    if cell.get("outputs"):
        return _written(cell)
    known = _compact(cell)
    text = _cell_texts.get(known)
    if text is None:
        text = _written(cell)
        if len(known) < _ORDINARY:
            if len(_cell_texts) >= _MAX_CELLS:
                _cell_texts.clear()
            _cell_texts[known] = text
    return text


_cell_texts: dict[str, str] = {}
_ORDINARY, _MAX_CELLS = 10_000, 1_000


def _written(cell: Mapping[str, Any]) -> str:
    parts: list[str] = []
    _write(_on_disk(cell), "\n  ", parts.append)
    return "".join(parts)


def _on_disk(cell: Mapping[str, Any]) -> dict[str, Any]:
    """As it lies in a file: text in lists of lines."""
    lines = {**cell, "source": _lines(cell["source"])}
    if "outputs" in cell:
        lines["outputs"] = [_output(output) for output in cell["outputs"]]
    if "attachments" in cell:
        lines["attachments"] = {name: _bundle(bundle) for name, bundle in cell["attachments"].items()}
    if "trusted" in cell["metadata"]:
        lines["metadata"] = {name: value for name, value in cell["metadata"].items() if name != "trusted"}
    return lines


def _output(output: Mapping[str, Any]) -> dict[str, Any]:
    if output["output_type"] in ("execute_result", "display_data"):
        return {**output, "data": _bundle(output["data"])}
    return {**output, "text": _lines(output["text"])} if output["output_type"] == "stream" else dict(output)


def _bundle(bundle: Mapping[str, Any]) -> dict[str, Any]:
    return {
        kind: _lines(value) if kind.startswith("text/") or kind in _TEXT else value for kind, value in bundle.items()
    }


def _lines(text: Any) -> Any:
    return text.splitlines(True) if isinstance(text, str) else text


_compact = json.JSONEncoder(ensure_ascii=False).encode
#: What an encoder comes to for a text, with much around it: nearly all that is written is text.
_quoted = json.encoder.encode_basestring


def _write(value: Any, indent: str, add: Any) -> None:
    """Write with an indent of one and sorted names; ``indent`` is the line break before the closing bracket."""
    if isinstance(value, dict):
        if not value:
            add("{}")
            return
        inner = indent + " "
        before = "{" + inner
        for name in sorted(value):
            add(before)
            add(_quoted(name))
            add(": ")
            item = value[name]
            if isinstance(item, str):
                add(_quoted(item))
            else:
                _write(item, inner, add)
            before = "," + inner
        add(indent + "}")
    elif isinstance(value, list | tuple):
        if not value:
            add("[]")
            return
        inner = indent + " "
        if all(type(item) is str for item in value):
            add("[" + inner + ("," + inner).join(map(_quoted, value)) + indent + "]")
            return
        before = "[" + inner
        for item in value:
            add(before)
            _write(item, inner, add)
            before = "," + inner
        add(indent + "]")
    else:
        add(_quoted(value) if isinstance(value, str) else _compact(value))
