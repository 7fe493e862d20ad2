"""The exercise contract: what an exercise asks, how it is probed, and what learners get wrong.

A lesson declares its exercises once, in ``solutions/NN_lesson/exercises.py``, as ``LESSON = Lesson(...)``. The solution
is not repeated there: it stands in ``lesson.py`` between solution markers, and misconceptions are written as *edits* of
it, so that they cannot drift away from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.errors import AutograderError
from course.checking.measure import Scale
from course.checking.steps import (
    Step,
    attribute,
    call,
    elsewhere,
    gradient,
    installed,
    load,
    method,
    mode,
    new,
    shapes,
    sweep,
    through,
)

__all__ = [
    "Alternative", "Case", "ContractError", "Exercise", "Lesson", "Misconception", "Step",
    "attribute", "call", "case", "elsewhere", "gradient", "installed", "load", "method", "mode", "new", "scored_case",
    "shapes", "sweep", "through",
]  # fmt: skip


class ContractError(AutograderError):
    """A contract that cannot be kept; the message names the exercise and says how to mend it."""


@dataclass(frozen=True)
class Case:
    """One probe of an answer.

    Attributes:
        name: what it probes, in a few words that a learner may read ("scores of a thousand").
        steps: what is done with the answer, in order; see :mod:`course.checking.steps`.
        hidden: whether only the grader knows it. A learner is told its name, never its values.
        rtol: relative tolerance of floating-point numbers.
        atol: absolute tolerance of floating-point numbers.
        strict_dtype: whether float64 where float32 is expected (or the like) is wrong.
        live: dotted paths of functions whose result depends on the machine, such as ``platform.python_version``; a
            string equal to that result is expected to equal it wherever the answer is judged.
        note: one sentence, shown when just this case fails and no misconception explains it.
        strict_type: whether the types of plain values must agree too: 256.0 or a tensor for 256, a tuple for a list
            are wrong then. For exercises that promise a type and mean it.
        scale: for a scored case, how near to ``truth`` an answer must come, and what it earns on the way.
        truth: for a scored case, what there is to be found; it takes the place of the solution's result.
    """

    name: str
    steps: tuple[Step, ...]
    hidden: bool = False
    rtol: float = 1e-4
    atol: float = 1e-5
    strict_dtype: bool = False
    live: tuple[str, ...] = ()
    note: str = ""
    strict_type: bool = False
    scale: Scale | None = None
    truth: Any = None


def case(
    name: str, *steps: Step, hidden: bool = False, rtol: float = 1e-4, atol: float = 1e-5,
    strict_dtype: bool = False, live: tuple[str, ...] = (), note: str = "", strict_type: bool = False,
) -> Case:  # fmt: skip
    """Write a :class:`Case` with its steps in line: ``case("zeros", call(torch.zeros(3)))``."""
    return Case(name, steps, hidden, rtol, atol, strict_dtype, live, note, strict_type)


def scored_case(
    name: str, step: Step, *, truth: Any, full: float, floor: float, measure: str = "macro_f1",
    hidden: bool = False, note: str = "",
) -> Case:  # fmt: skip
    """A case in which being right is a matter of degree: the answer earns a share of the points by its score.

    Args:
        name: what it probes.
        step: the one step whose result is measured.
        truth: what there is to be found, ``{kind: whole numbers}`` for ``macro_f1``. It stays with the judge.
        full: the score from which on the case is right.
        floor: the score up to which it earns nothing.
        measure: one of :data:`course.checking.measure.MEASURES`.
        hidden: whether only the grader knows it. What a learner is told of it are counts and shares, no item.
        note: one sentence, shown when just this case fails and no misconception explains it.
    """
    return Case(name, (step,), hidden, note=note, scale=Scale(measure, full, floor), truth=truth)


@dataclass(frozen=True)
class Misconception:
    """A plausible wrong answer, and what a good tutor says to it.

    Attributes:
        name: a short identifier in snake_case, unique within the exercise ("no_scaling").
        sentence: what is seen in the result, why it happens, where to look. Never the solution.
        credit: the points that it earns.
        edits: ``{text in the solution cell: what stands there instead}``; every text must occur exactly once.
        code: the whole answer cell instead of edits, where edits would be unreadable.
    """

    name: str
    sentence: str
    credit: float = 0.0
    edits: Mapping[str, str] = field(default_factory=dict)
    code: str = ""


@dataclass(frozen=True)
class Alternative:
    """Another correct way, which must earn full points; ``edits`` and ``code`` as for :class:`Misconception`."""

    name: str
    edits: Mapping[str, str] = field(default_factory=dict)
    code: str = ""


@dataclass(frozen=True)
class Exercise:
    """One exercise: its card, its cases, its misconceptions.

    Attributes:
        name: the name that the answer defines (a function or class), and its ``grade_id``; unique in the course.
        title: a few words for tables.
        points: what a full answer earns.
        difficulty: 1 (a line or two) to 3 (takes thought).
        minutes: what a learner needs, 5 to 20.
        hints: exactly three, from a nudge to nearly there.
        cases: at least one visible and one hidden.
        misconceptions: at least three where there is room for them.
        alternatives: at least one.
        refuse: ``{dotted path: reason}`` of calls that would give the answer away.
        needs: names of earlier exercises that this answer calls.
        time_limit: seconds that the answer may take for one case.
    """

    name: str
    title: str
    points: float
    difficulty: int
    minutes: int
    hints: tuple[str, str, str]
    cases: tuple[Case, ...]
    misconceptions: tuple[Misconception, ...]
    alternatives: tuple[Alternative, ...]
    refuse: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    time_limit: float = 5.0

    def __post_init__(self) -> None:
        problems = []
        if not self.name.isidentifier():
            problems.append("its name must be a Python identifier, the one that the answer defines")
        if len(self.hints) != 3:
            problems.append(f"it has {len(self.hints)} hints and needs three")
        if not any(not case.hidden for case in self.cases):
            problems.append("it needs a visible case, so that a learner can check the answer")
        if not any(case.hidden for case in self.cases):
            problems.append("it needs a hidden case, so that an answer cannot be hard-coded")
        if len({case.name for case in self.cases}) < len(self.cases):
            problems.append("two of its cases have the same name")
        if len({m.name for m in self.misconceptions}) < len(self.misconceptions):
            problems.append("two of its misconceptions have the same name")
        if len({m.sentence for m in self.misconceptions}) < len(self.misconceptions):
            problems.append("two of its misconceptions say the same sentence")
        if not self.alternatives:
            problems.append("it needs an alternative: another correct way, which must earn full points")
        if self.difficulty not in (1, 2, 3):
            problems.append("its difficulty is 1, 2 or 3")
        variants: tuple[Misconception | Alternative, ...] = (*self.misconceptions, *self.alternatives)
        for answer in variants:
            if bool(answer.edits) == bool(answer.code):
                problems.append(f"{answer.name!r} needs either edits or code")
        for misconception in self.misconceptions:
            if not 0 <= misconception.credit < self.points:
                problems.append(
                    f"the credit of {misconception.name!r} must be at least 0 and less than {self.points:g}"
                )
        if problems:
            raise ContractError(f"exercise {self.name!r}: " + "; ".join(problems))


@dataclass(frozen=True)
class Lesson:
    """A lesson's card and its exercises, in the order in which they appear.

    Attributes:
        name: the folder's name, ``NN_topic``.
        title: as it stands in tables.
        summary: one sentence for the README's table and the start page.
        reading_minutes: measured time to read and run it without the exercises.
        exercises: in order.
    """

    name: str
    title: str
    summary: str
    reading_minutes: int
    exercises: tuple[Exercise, ...]

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for exercise in self.exercises:
            missing = [need for need in exercise.needs if need not in seen]
            if missing:
                raise ContractError(
                    f"exercise {exercise.name!r} needs {', '.join(missing)}, which no earlier one defines"
                )
            if exercise.name in seen:
                raise ContractError(f"lesson {self.name!r} has two exercises named {exercise.name!r}")
            seen.add(exercise.name)

    @property
    def minutes(self) -> int:
        """Reading and exercises together."""
        return self.reading_minutes + sum(exercise.minutes for exercise in self.exercises)

    @property
    def points(self) -> float:
        """What all exercises together earn."""
        return sum(exercise.points for exercise in self.exercises)
