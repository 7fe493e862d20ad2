"""Compiling a contract into keys: what the solution and every misconception do on every case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.answers import AnswerFailed, Workbench
from autograder.contract import Case, ContractError, Exercise, Lesson, Step
from course.checking.compare import Tolerance, observation_difference
from course.checking.data import encode
from course.checking.key import Key, KeyCase, KeyMisconception
from course.checking.measure import score, scored_difference
from course.checking.observe import observe
from course.checking.paths import resolve


def plain_step(step: Step) -> dict[str, Any]:
    """A step as plain data."""
    return {
        "op": step.op,
        "name": step.name,
        "args": [encode(arg) for arg in step.args],
        "kwargs": {name: encode(value) for name, value in step.kwargs.items()},
    }


def _questions(exercise: Exercise) -> dict[str, Any]:
    return {
        "exercise": exercise.name,
        "refuse": dict(exercise.refuse),
        "time_limit": exercise.time_limit,
        "cases": [{"name": case.name, "steps": [plain_step(step) for step in case.steps]} for case in exercise.cases],
    }


def compile_key(workbench: Workbench, lesson: Lesson, exercise: Exercise, stub: str) -> Key:
    """The full key of an exercise.

    Args:
        workbench: the lesson's namespace.
        lesson: the lesson's contract.
        exercise: one of its exercises.
        stub: the answer cell as the release hands it out.

    Raises:
        ContractError: if the solution fails on a case without meaning to, is refused, or takes too long.
    """
    questions = _questions(exercise)
    expected = observe(questions, workbench.solution(exercise.name))
    _refuse_bad_solution(lesson, exercise, expected)
    expected = [_expected(case, seen) for case, seen in zip(exercise.cases, expected, strict=True)]
    misconceptions = []
    for misconception in exercise.misconceptions:
        source = workbench.source_of(exercise.name, misconception)
        try:
            answer = workbench.answer(exercise.name, source)
        except AnswerFailed as error:
            raise ContractError(
                f"{lesson.name}: {exercise.name}: {misconception.name} does not run: {error}"
            ) from error
        seen = [_bare(observation) for observation in observe(questions, answer)]
        misconceptions.append(
            KeyMisconception(
                misconception.name, misconception.sentence, misconception.credit,
                list(map(_unless_equal, exercise.cases, expected, seen)),
            )
        )  # fmt: skip
    return Key(
        exercise=exercise.name, lesson=lesson.name, title=exercise.title, points=exercise.points,
        difficulty=exercise.difficulty, minutes=exercise.minutes, hints=exercise.hints, refuse=dict(exercise.refuse),
        needs=exercise.needs, time_limit=exercise.time_limit,
        cases=tuple(
            KeyCase(
                case.name, case.hidden, case.rtol, case.atol, case.strict_dtype, case.live, case.note,
                plain["steps"], seen, case.strict_type, case.scale,
            )
            for case, plain, seen in zip(exercise.cases, questions["cases"], expected, strict=True)
        ),
        misconceptions=tuple(misconceptions),
        untouched=_untouched(workbench, exercise, questions, stub),
    )  # fmt: skip


def _refuse_bad_solution(lesson: Lesson, exercise: Exercise, seen: list[dict[str, Any]]) -> None:
    for case, observation in zip(exercise.cases, seen, strict=True):
        place = f"{lesson.name}: {exercise.name}: the solution, on {case.name!r},"
        if observation["timeout"]:
            raise ContractError(f"{place} takes more than {exercise.time_limit:g} s.")
        if observation["refused"]:
            raise ContractError(f"{place} calls {observation['refused'][0]}, which the contract refuses.")
        if observation["mutated"]:
            raise ContractError(f"{place} changes its input.")
        if (observation["error"] or {}).get("type") in (
            "NameError",
            "ImportError",
            "NotImplementedError",
            "AttributeError",
        ):
            error = observation["error"]
            raise ContractError(f"{place} raises {error['type']}: {error['message']}")
        if case.scale is not None:
            truth = _expected(case, observation)
            if scored_difference(case.scale, truth, observation) is not None:
                measured = score(truth, observation)
                said = measured.sentence(case.scale) if measured else "it cannot be measured."
                raise ContractError(f"{place} is not near enough to the truth: {said}")


def _bare(observation: Mapping[str, Any]) -> dict[str, Any]:
    """Without the lines of code that an error quotes: a key holds no code."""
    error = observation["error"]
    if error is None:
        return dict(observation)
    return {**observation, "error": {"type": error["type"], "message": error["message"]}}


def _expected(case: Case, observation: Mapping[str, Any]) -> dict[str, Any]:
    """What a case expects: the solution's observation, or for a scored case the truth."""
    if case.scale is None:
        return _placeholders(case, observation)
    return {"results": [encode(case.truth)], "error": None, "mutated": False, "timeout": False, "refused": []}


def _placeholders(case: Case, observation: Mapping[str, Any]) -> dict[str, Any]:
    live = {str(resolve(path)()): f"live:{path}" for path in case.live}
    return _replaced(_bare(observation), live) if live else _bare(observation)


def _replaced(value: Any, texts: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return texts.get(value, value)
    if isinstance(value, list):
        return [_replaced(item, texts) for item in value]
    if isinstance(value, dict):
        return {key: _replaced(item, texts) for key, item in value.items()}
    return value


def _unless_equal(case: Case, expected: dict[str, Any], seen: dict[str, Any]) -> dict[str, Any] | None:
    if case.scale is not None:
        return None if scored_difference(case.scale, expected, seen) is None else seen
    tolerance = Tolerance(case.rtol, case.atol, case.strict_dtype, case.strict_type)
    live = {f"live:{path}": str(resolve(path)()) for path in case.live}
    if observation_difference(expected, seen, tolerance, live) is None:
        return None
    return _placeholders(case, seen)


def _untouched(
    workbench: Workbench, exercise: Exercise, questions: Mapping[str, Any], stub: str
) -> list[dict[str, Any]] | None:
    if "raise NotImplementedError()" in stub:
        return None
    try:
        answer = workbench.answer(exercise.name, stub)
    except AnswerFailed as error:
        raise ContractError(f"{workbench.lesson}: the stub of {exercise.name} does not run: {error}") from error
    return [_bare(observation) for observation in observe(questions, answer)]
