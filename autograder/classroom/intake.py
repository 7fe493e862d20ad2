"""Intake: one submission, as bytes, becomes a notebook that can be graded, whatever the bytes are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from autograder.classroom.reading import Malformed, read_submission
from autograder.classroom.repair import repair
from autograder.classroom.skeleton import Skeleton

MAX_BYTES = 50_000_000


@dataclass(frozen=True)
class Intake:
    """What came of a submission.

    Attributes:
        notebook: what is graded; the blank release where the submission cannot be read.
        notes: what was repaired, one sentence each.
        malformed: why nothing could be read, or empty.
        failure: what went wrong in the grader itself, or empty.
    """

    notebook: nbformat.NotebookNode
    notes: tuple[str, ...] = ()
    malformed: str = ""
    failure: str = ""

    def record(self) -> dict[str, Any]:
        """As JSON-able data, without the notebook."""
        return {"notes": list(self.notes), "malformed": self.malformed, "failure": self.failure}


def take_in(data: bytes, skeleton: Skeleton) -> Intake:
    """Check and repair a submission; never raises for what the submission holds."""
    if len(data) > MAX_BYTES:
        reason = f"The file has {len(data) / 1e6:.0f} MB; at most {MAX_BYTES / 1e6:.0f} MB are read."
        return Intake(skeleton.copy(), malformed=reason)
    try:
        repaired = repair(read_submission(data), skeleton)
    except Malformed as error:
        return Intake(skeleton.copy(), malformed=str(error))
    except Exception as error:  # a fault of ours must cost this learner a second look, and the others nothing
        return Intake(skeleton.copy(), failure=f"{type(error).__name__} while reading the submission: {error}")
    return Intake(repaired.notebook, repaired.notes)


def take_in_file(path: Path, skeleton: Skeleton) -> Intake:
    """Check and repair a file."""
    if path.stat().st_size > MAX_BYTES:
        return take_in(b"\x00" * (MAX_BYTES + 1), skeleton)
    return take_in(path.read_bytes(), skeleton)
