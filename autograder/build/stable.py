"""The same result on another machine: equal but for the last digits of floating-point numbers.

Processors differ in the last bits of a sum. A build keeps the committed text where only such digits differ, and a check
accepts them; everything else must be the same to the byte. What a cell shows that is tagged ``volatile`` (a training
run, a timing) differs by more than digits and is not compared at all, neither here nor by nbval.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from course.checking.compare import Tolerance, difference
from course.checking.data import Array, reading
from course.checking.measure import score

#: The tag by which nbval knows a cell whose output is not to be compared; ``volatile=true`` in a lesson's source.
NOT_COMPARED = "nbval-ignore-output"

_RTOL = {"float64": 1e-9, "float32": 1e-5, "bfloat16": 1e-2, "float16": 1e-2}
_ATOL = {"float64": 1e-10, "float32": 1e-6, "bfloat16": 1e-3, "float16": 1e-3}
_LARGEST_SINGLE = float(np.finfo(np.float32).max)
_NUMBER = re.compile(r"-?\d+\.\d+(?:[eE][-+]?\d+)?|-?\d+(?:\.\d*)?[eE][-+]?\d+")


_EXACT = Tolerance(0.0, 0.0)
#: Of what a case leaves to answers, what may come of rounding: a search that ends where a curve is flat gives no more.
_SHARE = 1e-3


def same_data(one: Any, other: Any, slack: Tolerance = _EXACT) -> bool:
    """Whether two JSON values agree but for the last digits of their floats and floating-point tensors.

    Single floats may differ by ``slack``, too, and in a key by a share of their case's own tolerance.
    """
    if isinstance(one, float) and isinstance(other, float):
        return _same_float(one, other, slack)
    if isinstance(one, str) and isinstance(other, str):
        return same_text(one, other)
    if type(one) is not type(other):
        return False
    if isinstance(one, list):
        return len(one) == len(other) and all(same_data(a, b, slack) for a, b in zip(one, other, strict=True))
    if isinstance(one, dict):
        if one.keys() != other.keys():
            return False
        if one.get("$") in ("tensor", "array") and one["dtype"] == other["dtype"] and one["shape"] == other["shape"]:
            dtype = one["dtype"]
            return one["data"] == other["data"] or _same_numbers(reading(one), reading(other), dtype)
        if _is_key(one):
            return _same_keys(one, other)
        return all(same_data(one[key], other[key], slack) for key in one)
    return bool(one == other)


def _is_key(data: Any) -> bool:
    return isinstance(data, dict) and "misconceptions" in data and "cases" in data


def _same_keys(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two keys agree: what was observed on a case is compared with that case's tolerance in mind."""
    slacks = [
        Tolerance(_SHARE * (case.get("rtol") or 0.0), _SHARE * (case.get("atol") or 0.0)) for case in one["cases"]
    ]

    def same_cases(before: list[Any], after: list[Any]) -> bool:
        return len(before) == len(after) == len(slacks) and all(map(same_data, before, after, slacks))

    def same_rest(before: Mapping[str, Any], after: Mapping[str, Any], *places: str) -> bool:
        return before.keys() == after.keys() and all(
            same_data(before[name], after[name]) for name in before if name not in places
        )

    mistakes, others = one["misconceptions"], other["misconceptions"]
    return (
        same_rest(one, other, "cases", "misconceptions")
        and same_cases(one["cases"], other["cases"])
        and len(mistakes) == len(others)
        and all(
            same_rest(a, b, "observed") and same_cases(a["observed"], b["observed"])
            for a, b in zip(mistakes, others, strict=True)
        )
    )


def _same_float(one: float, other: float, slack: Tolerance = _EXACT) -> bool:
    """Whether two numbers agree but for rounding; those that float32 can hold (a probability, say) came out of one."""
    kind = "float32" if _is_single(one) and _is_single(other) else "float64"
    return math.isclose(one, other, rel_tol=max(_RTOL[kind], slack.rtol), abs_tol=max(_ATOL[kind], slack.atol))


def _is_single(number: float) -> bool:
    return abs(number) <= _LARGEST_SINGLE and float(np.float32(number)) == number


def _same_numbers(one: Array, other: Array, dtype: str) -> bool:
    """Whether two arrays agree but for rounding.

    What a sum is off by goes with its terms, not with what is left of them: so beside each number's own size the size
    of the largest counts (a normwise bound; Higham, 2002, *Accuracy and Stability of Numerical Algorithms*, chapter 3).
    """
    rtol, atol = _RTOL.get(dtype, 0.0), _ATOL.get(dtype, 0.0)
    finite = one.values[np.isfinite(one.values)] if rtol else one.values[:0]
    largest = float(np.abs(finite).max()) if finite.size else 0.0
    return difference(one, other, Tolerance(rtol, max(atol, rtol * largest), strict_dtype=True)) is None


def same_text(one: str, other: str) -> bool:
    """Whether two texts agree but for the last digits of decimal numbers in them."""
    if one == other:
        return True
    if _NUMBER.sub("#", one) != _NUMBER.sub("#", other):
        return False
    pairs = zip(_NUMBER.findall(one), _NUMBER.findall(other), strict=True)
    return all(_same_number(a, b) for a, b in pairs)


def _same_number(one: str, other: str) -> bool:
    if one == other:
        return True
    decimals = max(len(text.partition(".")[2].partition("e")[0].partition("E")[0]) for text in (one, other))
    # A unit in the last printed place: rounding may fall to either side.
    unit = 10.0 ** -min(decimals, 12) if "e" not in (one + other).lower() else 0.0
    return math.isclose(float(one), float(other), rel_tol=1e-4, abs_tol=1.01 * unit)


def kept(committed: str | None, fresh: str) -> str:
    """The committed text of a JSON file where it agrees with the fresh one, else the fresh one."""
    if committed is None:
        return fresh
    try:
        before, after = _compared(committed), _compared(fresh)
        return committed if same_data(before, _with_scores_settled(before, after)) else fresh
    except ValueError:
        return fresh


def _with_scores_settled(before: Any, after: Any) -> Any:
    """A fresh key with the committed observations of scored cases wherever the two are alike for the judge.

    What a trained model answers differs from processor to processor by a few items out of hundreds. The judge takes two
    such results for the same mistake (:meth:`course.checking.measure.Score.alike`), and so does a build. An observation
    that can't be measured, such as an exception, must be the same.
    """
    if not (_is_key(before) and _is_key(after)):
        return after
    scored = [place for place, case in enumerate(after["cases"]) if case.get("scale")]
    for one, other in zip(before["misconceptions"], after["misconceptions"], strict=False):
        for place in scored:
            if place < min(len(one["observed"]), len(other["observed"]), len(before["cases"])):
                seen, now = one["observed"][place], other["observed"][place]
                if seen and now and _alike(before["cases"][place], after["cases"][place], seen, now):
                    other["observed"][place] = seen
    return after


def _alike(case: dict[str, Any], fresh: dict[str, Any], seen: dict[str, Any], now: dict[str, Any]) -> bool:
    """Whether the truth is the same, and both observations are right and wrong in the same way."""
    if case["expected"] != fresh["expected"] or seen["mutated"] != now["mutated"] or seen["refused"] != now["refused"]:
        return False
    one, other = score(case["expected"], seen), score(fresh["expected"], now)
    return one is not None and other is not None and one.unknown == other.unknown and one.alike(other)


def _compared(text: str) -> Any:
    """The JSON value of a file, without what the volatile cells of a notebook show."""
    data = json.loads(text)
    if isinstance(data, dict) and isinstance(data.get("cells"), list):
        for cell in data["cells"]:
            if NOT_COMPARED in cell["metadata"].get("tags", []):
                cell["outputs"] = []
    return data
