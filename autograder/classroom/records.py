"""The record of a graded submission: its verdicts, and what was repaired, as a file beside the autograded notebook."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from course.checking.verdict import Verdict

VERDICTS = "verdicts.json"


@dataclass(frozen=True)
class Record:
    """One graded submission.

    Attributes:
        student: who handed it in.
        lesson: for which lesson.
        verdicts: one an exercise, in the lesson's order.
        notes: repairs and troubles, one sentence each.
        basis: fingerprint of the keys and the release that it was graded with.
        layers: the layers of the sandbox in which it ran; none where nbgrader ran it.
        key: fingerprint of all that the result depends on, where the engine graded it.
    """

    student: str
    lesson: str
    verdicts: tuple[Verdict, ...]
    notes: tuple[str, ...] = ()
    basis: str = ""
    layers: tuple[str, ...] = ()
    key: str = ""

    @property
    def score(self) -> float:
        """The points earned."""
        return sum(float(verdict.points) for verdict in self.verdicts)

    @property
    def max_score(self) -> float:
        """What full answers would earn."""
        return sum(float(verdict.max_points) for verdict in self.verdicts)

    @property
    def has_grader_error(self) -> bool:
        """Whether the grader, not the learner, failed somewhere."""
        return any(verdict.status == "grader_error" for verdict in self.verdicts)

    def summary(self) -> dict[str, Any]:
        """The object that ``--json`` writes for this submission."""
        return {
            "student": self.student,
            "lesson": self.lesson,
            "score": self.score,
            "max_score": self.max_score,
            "exercises": [
                {
                    "name": verdict.exercise,
                    "points": float(verdict.max_points),
                    "earned": float(verdict.points),
                    "status": verdict.status,
                    "misconception": verdict.misconception,
                    "message": verdict.message,
                }
                for verdict in self.verdicts
            ],
            "notes": list(self.notes),
            "sandbox": list(self.layers),
        }

    def to_text(self) -> str:
        """The text of the file, a line a verdict."""
        data = {name: value for name, value in vars(self).items() if name != "verdicts"}
        lines = [f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in data.items()]
        verdicts = ",\n  ".join(json.dumps(verdict.to_json(), ensure_ascii=False) for verdict in self.verdicts)
        return "{\n " + ",\n ".join([*lines, f'"verdicts": [\n  {verdicts}\n ]']) + "\n}\n"

    def write(self, path: Path) -> None:
        """Write the record; a file that the submission's own code left at that place is replaced, never followed."""
        fresh = path.with_name(path.name + ".new")
        for place in (fresh, path):
            if place.is_symlink() or place.is_file():
                place.unlink()
        fresh.write_text(self.to_text(), encoding="utf-8")
        fresh.replace(path)


def read_record(path: Path) -> Record:
    """Read a record back.

    Raises:
        ValueError, KeyError, TypeError, OSError: if it is none.
    """
    data: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    verdicts = tuple(Verdict.from_json(item) for item in data["verdicts"])
    return Record(
        data["student"], data["lesson"], verdicts, tuple(data["notes"]), data["basis"],
        tuple(data.get("layers", ())), data.get("key", ""),
    )  # fmt: skip


def uniform(exercises: Mapping[str, float], status: str, message: str) -> tuple[Verdict, ...]:
    """The same verdict, worth nothing, for every exercise ``{name: points}``."""
    return tuple(Verdict(name, 0.0, points, status, message) for name, points in exercises.items())


def failed(student: str, lesson: str, exercises: Mapping[str, float], reason: str, notes: Iterable[str] = ()) -> Record:
    """The record of a submission that the grader could not grade."""
    sentence = "The grader itself failed on this submission; the instructor has been told."
    return Record(student, lesson, uniform(exercises, "grader_error", sentence), (*notes, reason))


def with_notes(record: Record, notes: Iterable[str]) -> Record:
    """The record with more notes."""
    return replace(record, notes=(*record.notes, *notes))
