"""The answer key of an exercise: its cases with what the solution and every misconception did on them.

A key is data. The *visible* key ships with a release and knows the visible cases; the *full* key stays with the
instructor and knows all. Neither holds a line of solution code.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from course.checking.measure import Scale

FORMAT = 1


class KeyMissing(LookupError):
    """There is no key for an exercise of this name; the message names the nearest ones."""


@dataclass(frozen=True)
class KeyCase:
    """One case with the observation that is expected; see :class:`autograder.contract.Case` for the other fields.

    Where ``scale`` is given, ``expected`` holds the truth, and an answer is measured; see
    :mod:`course.checking.measure`.
    """

    name: str
    hidden: bool
    rtol: float
    atol: float
    strict_dtype: bool
    live: tuple[str, ...]
    note: str
    steps: list[dict[str, Any]]
    expected: dict[str, Any]
    strict_type: bool = False
    scale: Scale | None = None

    def to_json(self) -> dict[str, Any]:
        """As JSON-able data; an option that is off is left out, so that a key changes only where it is used."""
        data = {**vars(self), "live": list(self.live)}
        if not self.strict_type:
            del data["strict_type"]
        if self.scale is None:
            del data["scale"]
        else:
            data["scale"] = vars(self.scale)
        return data


@dataclass(frozen=True)
class KeyMisconception:
    """A misconception with its observation on each case; ``None`` where it equals the expected one."""

    name: str
    sentence: str
    credit: float
    observed: list[dict[str, Any] | None]


@dataclass(frozen=True)
class Key:
    """Everything that judging one exercise needs."""

    exercise: str
    lesson: str
    title: str
    points: float
    difficulty: int
    minutes: int
    hints: tuple[str, ...]
    refuse: Mapping[str, str]
    needs: tuple[str, ...]
    time_limit: float
    cases: tuple[KeyCase, ...]
    misconceptions: tuple[KeyMisconception, ...]
    untouched: list[dict[str, Any]] | None = None
    format: int = field(default=FORMAT)

    def questions(self) -> dict[str, Any]:
        """The inputs alone: all that a process which runs a learner's code may know."""
        return {
            "exercise": self.exercise,
            "refuse": dict(self.refuse),
            "time_limit": self.time_limit,
            "cases": [{"name": case.name, "steps": case.steps} for case in self.cases],
        }

    def visible(self) -> Key:
        """The part that ships with a release: visible cases, and what every misconception does on those."""
        shown = [i for i, case in enumerate(self.cases) if not case.hidden]
        return Key(
            exercise=self.exercise, lesson=self.lesson, title=self.title, points=self.points,
            difficulty=self.difficulty, minutes=self.minutes, hints=self.hints, refuse=self.refuse, needs=self.needs,
            time_limit=self.time_limit,
            cases=tuple(self.cases[i] for i in shown),
            misconceptions=tuple(
                KeyMisconception(m.name, m.sentence, m.credit, [m.observed[i] for i in shown])
                for m in self.misconceptions
            ),
            untouched=None if self.untouched is None else [self.untouched[i] for i in shown],
        )  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        """As JSON-able data."""
        data = {name: value for name, value in vars(self).items() if name not in ("cases", "misconceptions")}
        return {
            **data,
            "refuse": dict(self.refuse),
            "hints": list(self.hints),
            "needs": list(self.needs),
            "cases": [case.to_json() for case in self.cases],
            "misconceptions": [dict(vars(m)) for m in self.misconceptions],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Key:
        """Read a key back.

        Raises:
            ValueError: if it was written by a newer version of the course.
        """
        if data.get("format") != FORMAT:
            raise ValueError(
                f"this key has format {data.get('format')}, and this course reads format {FORMAT}: update it"
            )
        fields = dict(data)
        fields["hints"] = tuple(data["hints"])
        fields["needs"] = tuple(data["needs"])
        fields["cases"] = tuple(_case(case) for case in data["cases"])
        fields["misconceptions"] = tuple(KeyMisconception(**m) for m in data["misconceptions"])
        return cls(**fields)

    def to_text(self) -> str:
        """As the bytes of a key file: one line a case and a misconception, so that a change reads as a change."""
        data = self.to_json()
        lines = []
        for name, value in data.items():
            if isinstance(value, list) and value and isinstance(value[0], dict):
                items = ",\n".join("  " + json.dumps(item, ensure_ascii=False, sort_keys=True) for item in value)
                lines.append(f" {json.dumps(name)}: [\n{items}\n ]")
            else:
                lines.append(f" {json.dumps(name)}: {json.dumps(value, ensure_ascii=False, sort_keys=True)}")
        return "{\n" + ",\n".join(lines) + "\n}\n"


def _case(data: Mapping[str, Any]) -> KeyCase:
    scale = Scale(**data["scale"]) if data.get("scale") else None
    return KeyCase(**{**data, "live": tuple(data["live"]), "scale": scale})


def read_key(path: Path) -> Key:
    """Read a key file."""
    return Key.from_json(json.loads(path.read_text(encoding="utf-8")))


def released_keys() -> dict[str, Path]:
    """``{exercise: key file}`` of every lesson that is released, in the order of the lessons."""
    course = Path(__file__).resolve().parent.parent
    return {path.stem: path for path in sorted(course.glob("[0-9][0-9]_*/key/*.json"))}


@lru_cache(maxsize=256)
def _read_cached(path: Path, modified: int) -> Key:
    return read_key(path)


def visible_key(name: str) -> Key:
    """The visible key of an exercise.

    Raises:
        KeyMissing: if no released lesson has an exercise of that name.
    """
    course = Path(__file__).resolve().parent.parent
    found = next(iter(course.glob(f"[0-9][0-9]_*/key/{name}.json")), None) if name.isidentifier() else None
    if found is None:
        import difflib

        near = difflib.get_close_matches(name, released_keys(), n=1)
        raise KeyMissing(f"There is no exercise named “{name}”." + (f" Did you mean “{near[0]}”?" if near else ""))
    return _read_cached(found, found.stat().st_mtime_ns)
