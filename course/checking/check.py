"""``check`` and ``hint``: what a learner calls in a notebook."""

from __future__ import annotations

import html
import os
from dataclasses import dataclass
from typing import Any

from course.checking.judge import judge
from course.checking.key import KeyMissing, visible_key
from course.checking.observe import observe
from course.checking.verdict import Verdict
from course.progress import Progress

JUDGE_VARIABLE = "COURSE_JUDGE"


def check(name: str, answer: Any = None) -> Verdict:
    """Check an answer at once.

    Args:
        name: the exercise's name, as its card gives it.
        answer: the function or class that you wrote.

    Returns:
        The verdict. At the end of a cell it shows as a card, ``print`` shows it as text, and ``float`` gives the
        points. It never raises for what the answer does wrong.
    """
    if not isinstance(name, str):
        return misused(
            'The first argument of check is the exercise\'s name in quotation marks, as in check("softmax", softmax).'
        )
    if answer is None:
        return misused(f'check needs your answer too, after its name: check("{name}", {name}).', name)
    if os.environ.get(JUDGE_VARIABLE):
        from course.checking import remote

        return remote.verdict(name, observe(remote.questions(name), answer))
    try:
        key = visible_key(name)
    except KeyMissing as missing:
        return misused(str(missing), name)
    verdict = judge(key, observe(key.questions(), answer))
    Progress().record_attempt(name, verdict.points, verdict.max_points, verdict.status)
    return verdict


def misused(sentence: str, name: str = "check") -> Verdict:
    """The card for a call that could not be carried out: no points, and a sentence that says how to call it."""
    return Verdict(name, 0.0, 0.0, "malformed", sentence)


@dataclass(frozen=True)
class Hint:
    """One or more hints to show; plain text in a console, a small card in a notebook."""

    exercise: str
    levels: tuple[tuple[int, str], ...]
    of: int

    def __repr__(self) -> str:
        return "\n".join(f"Hint {level} of {self.of} ({self.exercise}): {text}" for level, text in self.levels)

    def _repr_html_(self) -> str:
        from course.checking.card import rich_text

        rows = "".join(
            f"<div style='margin:2px 0'><b>Hint {level} of {self.of}</b> · {rich_text(text)}</div>"
            for level, text in self.levels
        )
        frame = "border-left:4px solid #8a6d00;padding:6px 12px;font-family:var(--jp-content-font-family,sans-serif)"
        return f"<div role='note' aria-label='hint for {html.escape(self.exercise)}' style='{frame}'>{rows}</div>"


def hint(name: str) -> Hint | Verdict:
    """Give the next of three hints, one a call; after the third, all three. Taking hints costs no points."""
    try:
        key = visible_key(str(name))
    except KeyMissing as missing:
        return misused(str(missing), str(name))
    taken_before = int(Progress().read().get(name, {}).get("hints", 0))
    level = Progress().take_hint(name, len(key.hints))
    shown = range(1, level + 1) if taken_before >= len(key.hints) else (level,)
    return Hint(name, tuple((number, key.hints[number - 1]) for number in shown), len(key.hints))
