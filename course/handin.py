"""Handing in: a copy that can be given away, and a receipt."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from course.prepare import find_release, lesson_copy
from course.workspace import workspace_folder

FINGERPRINT_LENGTH = 12


class NotReadyError(Exception):
    """A notebook that cannot be handed in as it is; the message says what to do."""


@dataclass(frozen=True)
class Receipt:
    """What a learner keeps: the file that was handed in and its fingerprint, which the collector prints too."""

    path: Path
    fingerprint: str


def fingerprint(data: bytes) -> str:
    """The first digits of the SHA-256 of a file; whoever collects it computes the same."""
    return hashlib.sha256(data).hexdigest()[:FINGERPRINT_LENGTH]


def hand_in(lesson: str, workspace: Path | None = None) -> Receipt:
    """Copy a lesson's notebook to ``handed-in/`` in the workspace.

    Raises:
        LookupError: if there is no such lesson.
        NotReadyError: if there is no copy of it yet, or it is no readable notebook.
    """
    folder = workspace or workspace_folder()
    name = find_release(lesson).stem
    source = lesson_copy(name, folder)
    if not source.is_file():
        raise NotReadyError(f"There is no {source}: start the course once (python3 setup/run.py lab) and work there.")
    data = source.read_bytes()
    try:
        cells = json.loads(data)["cells"]
    except (ValueError, KeyError, TypeError) as error:
        raise NotReadyError(
            f"{source} is no readable notebook: open it in JupyterLab and save it again, or take the last copy from "
            f"{folder / '.backups'}."
        ) from error
    if not cells:
        raise NotReadyError(f"{source} has no cells: is it the file that you worked in?")
    target = folder / "handed-in" / source.name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return Receipt(target, fingerprint(data))
