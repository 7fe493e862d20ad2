"""The judge: compares observations with a key and says what it sees.

The same judge works in the notebook, with the visible key, and in the grader's trusted process, with the full one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from course.checking.compare import Difference, Readings, Tolerance, observation_difference, with_live
from course.checking.key import Key, KeyCase, KeyMisconception
from course.checking.measure import score, scored_difference, unmeasurable_sentence
from course.checking.paths import resolve
from course.checking.relate import describe
from course.checking.verdict import CaseResult, Verdict

#: An answer that no misconception explains earns at most this share of the points.
UNEXPLAINED_SHARE = 0.5
_STEP = 0.25

#: Keys are compared with one answer after another.
_of_keys = Readings()

_NEXT_WRONG = 'Change the function, run its cell, then run this cell again. `hint("{name}")` gives a hint.'
_NEXT_RIGHT = "Go on to the next section."


def judge(key: Key, observations: Sequence[Mapping[str, Any]]) -> Verdict:
    """Judge the observations of one answer.

    Args:
        key: the visible or the full key of the exercise.
        observations: one a case of the key, in its order, as :func:`course.checking.observe.observe` gives them.

    Returns:
        The verdict. Full points if every case is as expected; else the credit of the misconception that explains the
        result; else at most half the points, by the share of cases that are right (hidden ones where the key has any,
        so that remembering the visible ones earns nothing). A scored case counts in full, by its scale.

    Raises:
        ValueError: if there are not as many observations as cases.
    """
    if len(observations) != len(key.cases):
        raise ValueError(f"{key.exercise}: {len(observations)} observations for {len(key.cases)} cases")
    live = [{f"live:{path}": str(resolve(path)()) for path in case.live} for case in key.cases]
    tolerances = [Tolerance(case.rtol, case.atol, case.strict_dtype, case.strict_type) for case in key.cases]
    came = Readings()
    found = [
        observation_difference(case.expected, seen, tolerance, names, _of_keys, came)
        if case.scale is None
        else scored_difference(case.scale, case.expected, seen)
        for case, seen, tolerance, names in zip(key.cases, observations, tolerances, live, strict=True)
    ]
    # Looking for a disguise takes most of the time, and one is enough to tell.
    first = next((i for i, gap in enumerate(found) if gap is not None and not key.cases[i].hidden), -1)
    results = tuple(
        _case_result(case, seen, gap, tolerance, names, key.time_limit, closely=i == first)
        for i, (case, seen, gap, tolerance, names) in enumerate(
            zip(key.cases, observations, found, tolerances, live, strict=True)
        )
    )
    refused = sorted({path for seen in observations for path in seen["refused"]} & set(key.refuse))
    if _untouched(key, observations, tolerances, live, came):
        return _verdict(key, results, 0, "missing", _unstarted_sentence(key, observations))
    if refused:
        return _verdict(key, results, 0, "fail", _refused_sentence(key, refused[0]))
    if not any(found):
        return Verdict(key.exercise, key.points, key.points, "pass", "All of it is right.", _NEXT_RIGHT, cases=results)
    explained = _explaining(key, observations, found, tolerances, live, came)
    share = _share(key, found, observations)
    if explained is not None:
        misconception, whole = explained
        points = misconception.credit if whole else max(misconception.credit, share)
        return _verdict(
            key, results, points, "partial" if points else _failing_status(observations), misconception.sentence,
            misconception.name,
        )  # fmt: skip
    status = _failing_status(observations)
    message = _generic_sentence(key, results, observations)
    return _verdict(key, results, share, "partial" if share and status == "fail" else status, message)


def _verdict(
    key: Key,
    results: tuple[CaseResult, ...],
    points: float,
    status: str,
    message: str,
    misconception: str | None = None,
) -> Verdict:
    step = _NEXT_WRONG.format(name=key.exercise)
    return Verdict(key.exercise, points, key.points, status, message, step, misconception, results)


def _case_result(
    case: KeyCase,
    seen: Mapping[str, Any],
    gap: Difference | None,
    tolerance: Tolerance,
    live: Mapping[str, str],
    limit: float,
    *,
    closely: bool,
) -> CaseResult:
    if gap is None:
        return CaseResult(case.name, case.hidden, True)
    if gap.kind in ("score", "unmeasurable"):
        return CaseResult(case.name, case.hidden, False, _score_sentence(case, seen, gap))
    if case.hidden:
        # The values of a hidden case stay hidden, and so does every sentence that quotes them.
        return CaseResult(case.name, True, False, case.note or "The values of this case are known to the grader only.")
    message = _case_sentence(gap, seen, tolerance, limit, closely=closely)
    if gap.kind in ("error", "timeout", "mutated"):
        return CaseResult(case.name, False, False, message)
    wanted, came = case.expected["results"][gap.result], seen["results"][gap.result]
    return CaseResult(case.name, False, False, message, with_live(wanted, live), came, shown=True)


def _score_sentence(case: KeyCase, seen: Mapping[str, Any], gap: Difference) -> str:
    measured = score(case.expected, seen)
    if measured is None or case.scale is None:
        return unmeasurable_sentence(gap.expected, gap.received)
    return measured.sentence(case.scale)


def _case_sentence(
    gap: Difference, seen: Mapping[str, Any], tolerance: Tolerance, limit: float, *, closely: bool
) -> str:
    if gap.kind == "timeout":
        return (
            f"Your code was still running after {limit:g} second{'' if limit == 1 else 's'} and was interrupted: "
            "is there a loop that never ends?"
        )
    if gap.kind == "error":
        error = seen["error"]
        if error is None:
            return f"No exception came, and {gap.expected['type']} was expected here."
        place = f" in line {error['line']} of the cell, `{error['text']}`" if error["line"] and error["text"] else ""
        wanted = f" ({gap.expected['type']} was expected here)" if gap.expected else ""
        return f"Your code raised {error['type']}{place}: {error['message']}{wanted}"
    return describe(gap, tolerance, closely=closely)


def _untouched(
    key: Key,
    observations: Sequence[Mapping[str, Any]],
    tolerances: Sequence[Tolerance],
    live: Sequence[Mapping[str, str]],
    came: Readings,
) -> bool:
    if all((seen["error"] or {}).get("type") == "NotImplementedError" for seen in observations):
        return True
    if key.untouched is None:
        return False
    return all(
        observation_difference(stub, seen, tolerance, names, _of_keys, came) is None
        for stub, seen, tolerance, names in zip(key.untouched, observations, tolerances, live, strict=True)
    )


def _unstarted_sentence(key: Key, observations: Sequence[Mapping[str, Any]]) -> str:
    function = (observations[0]["error"] or {}).get("function", "")
    if function and function in key.needs:
        return f"This answer calls your `{function}`, which is not written yet: do that exercise first."
    return f"Not started yet: `{key.exercise}` still holds what it was handed out with."


def _refused_sentence(key: Key, path: str) -> str:
    short = path.removeprefix("torch.nn.functional.").removeprefix("torch.")
    return f"Your answer calls `{short}`, which is not allowed here: {key.refuse[path]}"


def _failing_status(observations: Sequence[Mapping[str, Any]]) -> str:
    if any(seen["timeout"] for seen in observations):
        return "timeout"
    errors = [seen["error"]["type"] for seen in observations if seen["error"]]
    if "MemoryError" in errors:
        return "memory"
    return "error" if len(errors) == len(observations) else "fail"


def _share(key: Key, found: Sequence[Difference | None], observations: Sequence[Mapping[str, Any]]) -> float:
    """The points for an answer that is right in part, rounded down to quarters.

    Every case counts alike: one that is right or wrong for half of its weight, a scored one for the share of its
    weight that its scale gives (half of that if the answer changes its input). As something is wrong, never all points.
    """
    has_hidden = any(case.hidden for case in key.cases)
    weights = [
        _weight(case, gap, seen)
        for case, gap, seen in zip(key.cases, found, observations, strict=True)
        if case.hidden or not has_hidden
    ]
    earned = math.floor(key.points * sum(weights) / len(weights) / _STEP) * _STEP
    return max(min(earned, key.points - _STEP), 0.0)


def _weight(case: KeyCase, gap: Difference | None, seen: Mapping[str, Any]) -> float:
    if case.scale is None:
        return UNEXPLAINED_SHARE if gap is None else 0.0
    measured = score(case.expected, seen)
    share = case.scale.share(measured.value) if measured else 0.0
    return share * UNEXPLAINED_SHARE if seen["mutated"] else share


def _generic_sentence(key: Key, results: Sequence[CaseResult], observations: Sequence[Mapping[str, Any]]) -> str:
    wrong = [result for result in results if not result.passed]
    shown = [result for result in wrong if not result.hidden]
    first = (shown or wrong)[0]
    case = next(case for case in key.cases if case.name == first.name)
    passed = len(results) - len(wrong)
    if not shown:
        sentence = f"Right on all cases that you can see; wrong on hidden ones, first on “{first.name}”."
        measured = f" {first.message}" if case.scale else ""
        return f"{sentence}{measured} {case.note}".strip()
    only = f" ({passed} of {len(results)} cases are right.)" if passed else ""
    note = f" {case.note}" if case.note and passed else ""
    start = _unwritten_need(key, observations) or _always_the_same(key, observations)
    return f"{start}On “{first.name}”: {first.message}{note}{only}"


def _always_the_same(key: Key, observations: Sequence[Mapping[str, Any]]) -> str:
    """A sentence on an answer that gives one and the same result in three cases or more, where they expect others."""
    given = [result for seen in observations for result in seen["results"]]
    wanted = [result for case in key.cases for result in case.expected["results"]]
    complete = len(observations) >= 3 and all(seen["results"] and not seen["error"] for seen in observations)
    if not complete or given[0] is None or given != given[:1] * len(given) or wanted == wanted[:1] * len(wanted):
        return ""
    return (
        "Your answer gives the same result in every case, whatever it is called with: is it computed from the "
        "arguments, or typed in, like an example copied from the docstring? "
    )


def _unwritten_need(key: Key, observations: Sequence[Mapping[str, Any]]) -> str:
    for seen in observations:
        error = seen["error"] or {}
        if error.get("type") == "NotImplementedError" and error.get("function") in key.needs:
            return f"This answer calls your `{error['function']}`, which is not written yet. "
    return ""


def _explaining(
    key: Key, observations: Sequence[Mapping[str, Any]], found: Sequence[Difference | None],
    tolerances: Sequence[Tolerance], live: Sequence[Mapping[str, str]], came: Readings,
) -> tuple[KeyMisconception, bool] | None:  # fmt: skip
    """The misconception that explains the result, and whether it does so on every case.

    One that agrees on every case comes first. Failing that, one that agrees wherever the answer is wrong: a learner who
    mended half of a mistake still has it.
    """
    wrong = [i for i, gap in enumerate(found) if gap is not None]
    partly: KeyMisconception | None = None
    for misconception in key.misconceptions:
        if not _supported(key, misconception, observations):
            continue

        def agrees(i: int, seen: Sequence[Mapping[str, Any] | None] = misconception.observed) -> bool:
            mistaken = seen[i]
            if mistaken is None:  # as the solution does it, with which this case was compared already
                return found[i] is None
            if key.cases[i].scale is not None:
                return _scored_alike(key.cases[i], mistaken, observations[i])
            return observation_difference(mistaken, observations[i], tolerances[i], live[i], _of_keys, came) is None

        # Most misconceptions part from the answer at the first case that it gets wrong.
        if not all(agrees(i) for i in wrong):
            continue
        if all(agrees(i) for i in range(len(key.cases)) if found[i] is None):
            return misconception, True
        partly = partly or misconception
    return (partly, False) if partly is not None else None


def _scored_alike(case: KeyCase, mistaken: Mapping[str, Any], seen: Mapping[str, Any]) -> bool:
    """Whether an answer to a scored case goes wrong as a misconception does: kind by kind, not item by item."""
    one, other = score(case.expected, mistaken), score(case.expected, seen)
    if one is None or other is None:
        return observation_difference(mistaken, seen, Tolerance(case.rtol, case.atol), {}) is None
    return one.alike(other) and bool(mistaken["mutated"]) == bool(seen["mutated"])


def _supported(key: Key, misconception: KeyMisconception, observations: Sequence[Mapping[str, Any]]) -> bool:
    """Whether there is more than the type of an exception to go by.

    Many mistakes end in a RuntimeError. Where a misconception shows in exceptions alone, the message must be the same
    too, numbers aside.
    """
    telling = [i for i, seen in enumerate(misconception.observed) if seen is not None]
    if any(misconception.observed[i]["error"] is None for i in telling):  # type: ignore[index]
        return True
    return all(
        _wording(misconception.observed[i]["error"]) == _wording(observations[i]["error"])  # type: ignore[index]
        for i in telling
        if observations[i]["error"] is not None
    )


def _wording(error: Mapping[str, Any]) -> str:
    return re.sub(r"[-\d.]+", "#", error["message"])
