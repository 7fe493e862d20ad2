"""Blind answers: what people who saw only the student release wrote, held against the contract.

A contract's own misconceptions prove only what its author thought of. Each file in ``tests/answers/NN_lesson/`` is one
answer cell, below a header of comments::

    # exercise: softmax
    # expect: wrong
    # meant: normalises over the first dimension instead of the last
    # about: dim|axis|row

``about`` is a regular expression, written before any sentence was seen, for what a sentence that names the cause would
have to speak of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.answers import AnswerFailed
from autograder.build.builder import LessonSource, read_source
from autograder.contract import ContractError
from autograder.places import ROOT
from autograder.prove import aligned, verdicts
from course.checking.key import Key

ANSWERS = ROOT / "tests" / "answers"

#: What the course asks of itself, as shares of the blind answers.
CAUGHT, NAMED, ACCEPTED = 1.0, 0.75, 1.0


@dataclass(frozen=True)
class BlindAnswer:
    """One file: the answer and what its author meant it to be."""

    path: Path
    exercise: str
    wrong: bool
    meant: str
    about: str
    source: str


@dataclass(frozen=True)
class Outcome:
    """What became of a blind answer."""

    answer: BlindAnswer
    points: float
    max_points: float
    message: str

    @property
    def caught(self) -> bool:
        """Whether a wrong answer lost points."""
        return self.answer.wrong and self.points < self.max_points

    @property
    def named(self) -> bool:
        """Whether the sentence speaks of the cause."""
        return self.caught and re.search(self.answer.about, self.message, re.I) is not None

    @property
    def accepted(self) -> bool:
        """Whether a right answer got full points."""
        return not self.answer.wrong and self.points == self.max_points


def read_answers(lesson: str, folder: Path | None = None) -> list[BlindAnswer]:
    """Read the blind answers of a lesson.

    Raises:
        ContractError: if a file lacks a part of its header.
    """
    found = []
    for path in sorted((folder or ANSWERS / lesson).glob("*.py")):
        text = path.read_text(encoding="utf-8")
        header = dict(re.findall(r"^# (exercise|expect|meant|about): (.+)$", text, re.M))
        missing = {"exercise", "expect", "meant"} - header.keys()
        if header.get("expect") == "wrong" and "about" not in header:
            missing.add("about")
        if missing or header.get("expect") not in ("wrong", "right"):
            raise ContractError(f"{path}: the header lacks {', '.join(sorted(missing)) or 'expect: wrong|right'}.")
        found.append(
            BlindAnswer(
                path, header["exercise"], header["expect"] == "wrong", header["meant"], header.get("about", ""), text
            )
        )
    return found


def hold_answers(name: str, *, committed: bool = False) -> list[Outcome]:
    """Hold all blind answers to the lesson of this name against its contract; see :func:`prove_named`."""
    source = read_source(name)
    return try_answers(source, source.keys(committed=committed), read_answers(name))


def try_answers(source: LessonSource, keys: dict[str, Key], answers: Sequence[BlindAnswer]) -> list[Outcome]:
    """Judge every blind answer with the full key.

    Raises:
        ContractError: if an answer belongs to no exercise of the lesson.
    """
    outcomes = []
    for answer in answers:
        key = keys.get(answer.exercise)
        if key is None:
            raise ContractError(f"{answer.path}: {source.lesson.name} has no exercise {answer.exercise!r}.")
        try:
            graded, _ = verdicts(source, key, answer.source)
            points, message = graded.points, graded.message
        except AnswerFailed as error:
            points, message = 0.0, str(error)
        outcomes.append(Outcome(answer, points, key.points, message))
    return outcomes


def report(outcomes: Sequence[Outcome], *, verbose: bool = False) -> tuple[str, bool]:
    """The figures as text, and whether they are what the course asks of itself."""
    wrong = [o for o in outcomes if o.answer.wrong]
    right = [o for o in outcomes if not o.answer.wrong]
    caught, named, accepted = sum(o.caught for o in wrong), sum(o.named for o in wrong), sum(o.accepted for o in right)
    lines = []
    for outcome in outcomes:
        good = outcome.accepted or outcome.named
        if verbose or not good:
            sign = "ok" if good else "unnamed" if outcome.caught else "MISSED" if outcome.answer.wrong else "REFUSED"
            lines.append(
                (sign, outcome.answer.path.stem, f"{outcome.points:g}/{outcome.max_points:g}", outcome.message[:150])
            )
    text = (aligned(lines) + "\n" if lines else "") + (
        f"{len(wrong)} wrong answers: {caught} lost points ({_share(caught, wrong)}), "
        f"{named} with a sentence that names the cause ({_share(named, wrong)}); "
        f"{len(right)} right answers: {accepted} got full points ({_share(accepted, right)})"
    )
    fine = caught >= CAUGHT * len(wrong) and named >= NAMED * len(wrong) and accepted >= ACCEPTED * len(right)
    return text, fine


def _share(count: int, of: Sequence[Outcome]) -> str:
    return f"{100 * count / len(of):.0f} %" if of else "none"
