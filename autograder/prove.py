"""Proving a contract: that the stub earns nothing, every right way everything, and every mistake its own answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.answers import AnswerFailed
from autograder.build.builder import LessonSource, read_source
from autograder.contract import Exercise, Misconception
from course.checking.judge import judge
from course.checking.key import Key
from course.checking.observe import observe
from course.checking.verdict import Verdict

#: What an answer may earn that knows the visible cases by heart and nothing else.
MEMORISED_SHARE = 0.25


@dataclass
class Row:
    """What was found about one exercise; ``problems`` is empty if all of it is as declared."""

    exercise: str
    points: float
    stub: float = 0.0
    solution: float = 0.0
    alternatives: int = 0
    accepted: int = 0
    misconceptions: int = 0
    credited: int = 0
    named: int = 0
    memorised: float = 0.0
    problems: list[str] = field(default_factory=list)


def prove_named(name: str, *, committed: bool = False) -> list[Row]:
    """Prove every exercise of the lesson of this name, with new keys or with those that are committed."""
    source = read_source(name)
    return prove_lesson(source, source.keys(committed=committed))


def prove_lesson(source: LessonSource, keys: Mapping[str, Key]) -> list[Row]:
    """Prove every exercise of a lesson."""
    return [prove_exercise(source, exercise, keys[exercise.name]) for exercise in source.lesson.exercises]


def prove_exercise(source: LessonSource, exercise: Exercise, key: Key) -> Row:
    """Prove one exercise, with the full key as a grader would use it and with the visible one as a learner would."""
    row = Row(exercise.name, exercise.points)
    row.stub = _worst(row, source, key, source.stub(exercise.name), "the untouched stub", 0.0, "missing")
    row.solution = _worst(
        row, source, key, source.workbench.solutions[exercise.name], "the solution", exercise.points, "pass"
    )
    row.alternatives = len(exercise.alternatives)
    for alternative in exercise.alternatives:
        text = source.workbench.source_of(exercise.name, alternative)
        label = f"the alternative {alternative.name!r}"
        row.accepted += _worst(row, source, key, text, label, exercise.points, "pass") == exercise.points
    row.misconceptions = len(exercise.misconceptions)
    for misconception in exercise.misconceptions:
        _prove_misconception(row, source, key, misconception)
    row.memorised = memorised_points(key)
    if row.memorised > MEMORISED_SHARE * exercise.points:
        row.problems.append(
            f"an answer that knows the visible cases by heart earns {row.memorised:g}: "
            "add hidden cases that differ more"
        )
    return row


def verdicts(source: LessonSource, key: Key, text: str) -> tuple[Verdict, Verdict]:
    """What the grader and what the learner's own check say of an answer cell.

    Raises:
        AnswerFailed: if the cell itself raises.
    """
    answer = source.workbench.answer(key.exercise, text)
    observations = observe(key.questions(), answer)
    shown = [seen for case, seen in zip(key.cases, observations, strict=True) if not case.hidden]
    return judge(key, observations), judge(key.visible(), shown)


def _worst(row: Row, source: LessonSource, key: Key, text: str, label: str, points: float, status: str) -> float:
    """The points of an answer, with a problem noted wherever either judge says something else than expected."""
    try:
        graded, shown = verdicts(source, key, text)
    except AnswerFailed as error:
        row.problems.append(f"{label} does not run: {error}")
        return -1.0
    for verdict, judge_name in ((graded, "full"), (shown, "visible")):
        if verdict.points != points or verdict.status != status:
            row.problems.append(
                f"{label} earns {verdict.points:g} ({verdict.status}) with the {judge_name} key, and should earn "
                f"{points:g} ({status}): {verdict.message}"
            )
    return graded.points


def _prove_misconception(row: Row, source: LessonSource, key: Key, misconception: Misconception) -> None:
    text = source.workbench.source_of(key.exercise, misconception)
    label = f"the misconception {misconception.name!r}"
    try:
        both = verdicts(source, key, text)
    except AnswerFailed as error:
        row.problems.append(f"{label} does not run: {error}")
        return
    row.credited += all(verdict.points == misconception.credit for verdict in both)
    row.named += all(verdict.misconception == misconception.name for verdict in both)
    for verdict, judge_name in zip(both, ("full", "visible"), strict=True):
        if verdict.misconception != misconception.name:
            said = verdict.misconception or verdict.message
            row.problems.append(f"{label} is answered with {said!r} by the {judge_name} key")
        elif verdict.points != misconception.credit:
            row.problems.append(
                f"{label} earns {verdict.points:g} with the {judge_name} key, "
                f"and its credit is {misconception.credit:g}"
            )


def memorised_points(key: Key) -> float:
    """The most that an answer earns which is right on the visible cases and elsewhere repeats one of them."""
    visible = [case for case in key.cases if not case.hidden]
    best = 0.0
    for remembered in visible:
        observations = [
            case.expected if not case.hidden else _repeated(remembered.expected, case.expected) for case in key.cases
        ]
        best = max(best, judge(key, observations).points)
    return best


def _repeated(remembered: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    results = remembered["results"] or [None]
    count = max(len(expected["results"]), 1)
    return {
        "results": [results[min(i, len(results) - 1)] for i in range(count)],
        "error": None, "mutated": False, "timeout": False, "refused": [],
    }  # fmt: skip


def table(rows: Sequence[Row]) -> str:
    """The rows as aligned text, with the problems below."""
    head = (
        "exercise",
        "stub",
        "solution",
        "alternatives",
        "misconceptions",
        "as credited",
        "own sentence",
        "by heart",
        "",
    )
    lines = [head] + [
        (
            row.exercise, f"{row.stub:g}", f"{row.solution:g} of {row.points:g}",
            f"{row.accepted} of {row.alternatives}",
            str(row.misconceptions), f"{row.credited} of {row.misconceptions}", f"{row.named} of {row.misconceptions}",
            f"{row.memorised:g}", "FAIL" if row.problems else "ok",
        )
        for row in rows
    ]  # fmt: skip
    text = aligned(lines)
    problems = [f"{row.exercise}: {problem}" for row in rows for problem in row.problems]
    total = (
        f"{len(rows)} exercises, {sum(r.misconceptions for r in rows)} misconceptions, "
        f"{sum(r.alternatives for r in rows)} alternatives: "
        + (f"{len(problems)} problems" if problems else "all as declared")
    )
    return "\n".join([text, "", *problems, total])


def aligned(lines: Iterable[Sequence[str]]) -> str:
    """Rows of cells as columns of equal width."""
    rows = [tuple(line) for line in lines]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
