"""Scored cases: how good a result is, where being right is a matter of degree.

A cleaner that finds 60 of 70 planted faults is neither right nor wrong. A scored case holds the *truth* where another
case holds the solution's result, and a measure says how near an answer comes to it. Truth and measure belong to the
judge; a process that runs a learner's code sees the inputs alone.

The one measure so far is ``macro_f1``, for results of the form ``{kind: numbers of the items found}``: precision,
recall and F1 for each kind (van Rijsbergen, 1979, chapter 7), and their mean over the kinds, so that a rare kind counts
as much as a common one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from course.checking.compare import Difference
from course.checking.data import Array, reading

MEASURES = ("macro_f1",)
#: Two results show the same mistake if precision and recall of every kind are this near to each other.
_ALIKE = 0.1


@dataclass(frozen=True)
class Scale:
    """How a score becomes a share of the points.

    Attributes:
        measure: one of :data:`MEASURES`.
        full: the score, at most 1, from which on all points are earned.
        floor: the score up to which none are; between the two the share grows evenly.
    """

    measure: str
    full: float
    floor: float

    def __post_init__(self) -> None:
        if self.measure not in MEASURES:
            raise ValueError(f"there is no measure {self.measure!r}: choose one of {', '.join(MEASURES)}")
        if not 0 <= self.floor < self.full <= 1:
            raise ValueError(f"0 <= floor < full <= 1 is needed, not floor {self.floor:g} and full {self.full:g}")

    def share(self, score: float) -> float:
        """The share of the points, 0 to 1, that a score earns."""
        return min(max((score - self.floor) / (self.full - self.floor), 0.0), 1.0)


@dataclass(frozen=True)
class Found:
    """How one kind was found: ``right`` of ``flagged`` items are among the ``true`` ones."""

    right: int
    flagged: int
    true: int

    @property
    def precision(self) -> float:
        """The share of the flagged items that are true ones; 1 if nothing was flagged and nothing is true."""
        return self.right / self.flagged if self.flagged else float(not self.true)

    @property
    def recall(self) -> float:
        """The share of the true items that were flagged; 1 if nothing is true."""
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall: 2·right / (flagged + true); 1 if both are empty."""
        return 2 * self.right / (self.flagged + self.true) if self.flagged + self.true else 1.0


@dataclass(frozen=True)
class Score:
    """The score of one result: a number from 0 to 1, and where it comes from."""

    kinds: Mapping[str, Found]
    unknown: tuple[str, ...] = ()

    @property
    def value(self) -> float:
        """The mean F1 of the kinds."""
        return sum(found.f1 for found in self.kinds.values()) / len(self.kinds)

    def alike(self, other: Score) -> bool:
        """Whether two results are right and wrong in the same way: precision, recall and size agree kind by kind."""
        return self.kinds.keys() == other.kinds.keys() and all(
            abs(found.precision - other.kinds[kind].precision) <= _ALIKE
            and abs(found.recall - other.kinds[kind].recall) <= _ALIKE
            and abs(found.flagged - other.kinds[kind].flagged) <= _ALIKE * max(found.flagged, found.true)
            for kind, found in self.kinds.items()
        )

    def sentence(self, scale: Scale) -> str:
        """Counts and shares, no item by its number: it may be said of a hidden case too."""
        parts = [f"The score is {self.value:.2f}, and full points begin at {scale.full:.2f}."]
        weak = sorted((found.f1, kind) for kind, found in self.kinds.items() if found.f1 < scale.full)
        for _, kind in weak[:3]:
            found = self.kinds[kind]
            parts.append(
                f"`{kind}`: {found.right} of {found.true} found (recall {found.recall:.2f}), "
                f"{found.flagged} flagged (precision {found.precision:.2f})."
            )
        if len(weak) > 3:
            parts.append(f"Also below: {', '.join(f'`{kind}`' for _, kind in weak[3:])}.")
        if self.unknown:
            parts.append(f"There is no kind {', '.join(self.unknown)}: look at the spelling.")
        return " ".join(parts)


def score(expected: Mapping[str, Any], received: Mapping[str, Any]) -> Score | None:
    """The score of an observation against the truth, or ``None`` where there is nothing to measure.

    Nothing can be measured after an exception or a time-out, or if the result is no dict of sequences of whole numbers.
    A number given twice counts once; a kind that is missing counts as nothing found.
    """
    if received["timeout"] or received["error"] or len(received["results"]) != 1:
        return None
    truth, came = reading(expected["results"][0]), reading(received["results"][0])
    if not isinstance(came, dict):
        return None
    sets = {str(kind): _whole_numbers(items) for kind, items in came.items()}
    if any(numbers is None for numbers in sets.values()):
        return None
    kinds = {}
    for kind, items in truth.items():
        true, flagged = set(items), sets.get(kind) or set()
        kinds[kind] = Found(len(true & flagged), len(flagged), len(true))
    return Score(kinds, tuple(sorted(f"“{kind[:40]}”" for kind in sets.keys() - truth.keys()))[:3])


def _whole_numbers(items: Any) -> set[int] | None:
    if isinstance(items, Array):
        return {int(n) for n in items.values.ravel()} if items.number_kind == "int" else None
    if not isinstance(items, (list, tuple, set)):
        return None
    numbers = [_whole_number(item) for item in items]
    return None if None in numbers else {n for n in numbers if n is not None}


def _whole_number(item: Any) -> int | None:
    if isinstance(item, Array) and item.shape == () and item.number_kind == "int":
        return int(item.values)
    return item if isinstance(item, int) and not isinstance(item, bool) else None


def scored_difference(scale: Scale, expected: Mapping[str, Any], received: Mapping[str, Any]) -> Difference | None:
    """Why a scored case is not (fully) right, or ``None`` if it is."""
    if received["timeout"]:
        return Difference("timeout", "", False, True)
    if received["error"] or len(received["results"]) != 1:
        return Difference("error", "", None, received["error"])
    measured = score(expected, received)
    if measured is None:
        return Difference("unmeasurable", "", expected["results"][0], received["results"][0])
    if measured.value < scale.full:
        return Difference("score", "", expected["results"][0], received["results"][0])
    return Difference("mutated", "", False, True) if received["mutated"] else None


def unmeasurable_sentence(expected: Any, received: Any) -> str:
    """What is wrong with the form of a result that could not be measured."""
    kinds: Iterable[Any] = reading(expected)
    wanted = f"a dict with the keys {', '.join(map(str, kinds))}, each with a list of whole numbers, was expected"
    came = reading(received)
    if not isinstance(came, dict):
        from course.checking.relate import kind_of

        return f"Your result is {kind_of(came)}, and {wanted}."
    wrong = next(str(kind) for kind, items in came.items() if _whole_numbers(items) is None)
    return f"Under “{wrong[:40]}” your result holds something else than whole numbers: {wanted}."
