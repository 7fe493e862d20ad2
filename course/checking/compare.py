"""Comparing what came with what was expected: whether they agree, and if not, where they first part."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from course.checking.data import Array, Name, Opaque, reading


@dataclass(frozen=True)
class Difference:
    """The first place at which two values part.

    Attributes:
        kind: ``type``, ``shape``, ``kind`` (bool, int, float), ``dtype``, ``values``, ``length`` or ``keys``.
        where: the way there in words, ``"the second item"``; empty for the value itself.
        expected: the expected value there, as :func:`course.checking.data.reading` gives it.
        received: what came there.
        result: which of the observed results of a case it is found in, counted from 0.
    """

    kind: str
    where: str
    expected: Any
    received: Any
    result: int = 0


@dataclass(frozen=True)
class Tolerance:
    """How close numbers must be, and whether the precision of arrays and the types of plain values must agree."""

    rtol: float
    atol: float
    strict_dtype: bool = False
    strict_type: bool = False


_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def ordinal(index: int) -> str:
    """``0`` → ``"first"``; from the eleventh on, ``"11th"``, ``"21st"``."""
    if index < len(_ORDINALS):
        return _ORDINALS[index]
    number = index + 1
    suffix = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _unwrapped(value: Any) -> Any:
    """A numpy scalar or a tensor without dimensions, as the number that it holds."""
    if isinstance(value, Array) and value.shape == () and value.number_kind in ("bool", "int", "float"):
        return value.values.item()
    return value


def difference(expected: Any, received: Any, tolerance: Tolerance, where: str = "") -> Difference | None:
    """Where two readings part, or ``None``.

    Numbers agree within the tolerance; a list agrees with a tuple; a number agrees with a tensor that holds just it;
    bool, int and float agree with none but their own kind in tensors, and bool with none but bool anywhere. Where types
    are strict, int, float, list, tuple and tensor each agree with their own kind alone.
    """
    if isinstance(expected, Array):
        return _array_difference(expected, received, tolerance, where)
    if not tolerance.strict_type:
        received = _unwrapped(received)
    elif isinstance(expected, (int, float, list, tuple)) and type(expected) is not type(received):
        return Difference("type", where, expected, received)
    if _is_number(expected) and _is_number(received):
        close = (
            _close(_float(expected), _float(received), tolerance)
            if isinstance(expected, float) or isinstance(received, float)
            else expected == received
        )
        return None if close else Difference("values", where, expected, received)
    if isinstance(expected, (list, tuple)) and isinstance(received, (list, tuple)):
        if len(expected) != len(received):
            return Difference("length", where, expected, received)
        for index, (one, other) in enumerate(zip(expected, received, strict=True)):
            place = f"the {ordinal(index)} item" + (f" of {where}" if where else "")
            found = difference(one, other, tolerance, place)
            if found is not None:
                return found
        return None
    if isinstance(expected, dict) and isinstance(received, dict):
        if expected.keys() != received.keys():
            return Difference("keys", where, expected, received)
        for key, one in expected.items():
            place = f"{key!r}" + (f" in {where}" if where else "")
            found = difference(one, received[key], tolerance, place)
            if found is not None:
                return found
        return None
    if isinstance(expected, Opaque):
        return (
            None
            if isinstance(received, Opaque) and received.type_name == expected.type_name
            else Difference("type", where, expected, received)
        )
    if type(expected) is not type(received) or (isinstance(expected, Name) and expected.kind != received.kind):
        return Difference("type", where, expected, received)
    return None if expected == received else Difference("values", where, expected, received)


def _float(number: int | float) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def _close(expected: float, received: float, tolerance: Tolerance) -> bool:
    if math.isnan(expected) or math.isnan(received):
        return math.isnan(expected) and math.isnan(received)
    if math.isinf(expected) or math.isinf(received):
        return expected == received
    return abs(expected - received) <= tolerance.atol + tolerance.rtol * abs(expected)


def _array_difference(expected: Array, received: Any, tolerance: Tolerance, where: str) -> Difference | None:
    plain_allowed = expected.shape == () and expected.number_kind in ("int", "float") and not tolerance.strict_type
    if plain_allowed and _is_number(received):
        return difference(expected.values.item(), received, tolerance, where)
    if not isinstance(received, Array) or (expected.kind == "tensor") != (received.kind == "tensor"):
        return Difference("type", where, expected, received)
    if expected.shape != received.shape:
        return Difference("shape", where, expected, received)
    if expected.number_kind != received.number_kind:
        return Difference("kind", where, expected, received)
    if tolerance.strict_dtype and expected.dtype != received.dtype:
        return Difference("dtype", where, expected, received)
    return None if arrays_close(expected, received, tolerance) else Difference("values", where, expected, received)


def arrays_close(expected: Array, received: Array, tolerance: Tolerance) -> bool:
    """Whether two arrays of one shape agree everywhere; NaN agrees with NaN."""
    import numpy as np

    if expected.values.dtype == received.values.dtype and expected.values.tobytes() == received.values.tobytes():
        return True
    if expected.number_kind in ("bool", "int"):
        return bool(np.array_equal(expected.values, received.values))
    wide = np.complex128 if expected.number_kind == "complex" else np.float64
    one, other = expected.values.astype(wide), received.values.astype(wide)
    return bool(np.allclose(other, one, rtol=tolerance.rtol, atol=tolerance.atol, equal_nan=True))


class Readings:
    """Observations as they are compared, each read once; they must not change meanwhile.

    Args:
        at_most: how many are kept.
    """

    def __init__(self, at_most: int = 10_000) -> None:
        self._at_most = at_most
        self._known: dict[tuple[int, bool], tuple[Any, Any]] = {}

    def of(self, seen: Mapping[str, Any], tuples: bool) -> Any:
        """The results of an observation, as :func:`course.checking.data.reading` gives them."""
        results = seen["results"]
        kept, known = self._known.get((id(results), tuples), (None, None))
        if kept is results:
            return known
        read = reading(results, tuples=tuples)
        if len(self._known) >= self._at_most:
            self._known.clear()
        # What is known by its number is kept, too: a number is given again when nobody holds its owner any more.
        self._known[id(results), tuples] = (results, read)
        return read


def observation_difference(
    expected: Mapping[str, Any], received: Mapping[str, Any], tolerance: Tolerance, live: Mapping[str, str],
    of_key: Readings | None = None, of_answer: Readings | None = None,
) -> Difference | None:  # fmt: skip
    """Where two observations of one case part; exceptions, time-outs and changed inputs are part of an observation.

    Args:
        expected: from a key.
        received: from an answer.
        tolerance: how close.
        live: ``{placeholder: text}`` of values that depend on the machine.
        of_key: readings of what is expected, where it is compared with more than one answer.
        of_answer: readings of what came, where it is compared more than once.
    """
    if expected["timeout"] or received["timeout"]:
        return None if expected["timeout"] == received["timeout"] else Difference("timeout", "", False, True)
    wanted = (of_key or Readings()).of(expected, tolerance.strict_type)
    came = (of_answer or Readings()).of(received, tolerance.strict_type)
    for index, (one, other) in enumerate(zip(with_live(wanted, live), came, strict=False)):
        place = "" if len(expected["results"]) == 1 else f"the {ordinal(index)} result"
        found = difference(one, other, tolerance, place)
        if found is not None:
            return replace(found, result=index)
    if not _same_error(expected["error"], received["error"]):
        return Difference("error", "", expected["error"], received["error"])
    if len(wanted) != len(came):
        return Difference("error", "", expected["error"], received["error"])
    if expected["mutated"] != received["mutated"]:
        return Difference("mutated", "", expected["mutated"], received["mutated"])
    return None


def _same_error(expected: Mapping[str, Any] | None, received: Mapping[str, Any] | None) -> bool:
    if expected is None or received is None:
        return expected is received
    return bool(expected["type"] == received["type"])


def with_live(value: Any, live: Mapping[str, str]) -> Any:
    """Put the values of this machine in place of their placeholders (``"live:platform.python_version"``)."""
    if not live:
        return value
    if isinstance(value, str):
        return live.get(value, value)
    if isinstance(value, (list, tuple)):
        return type(value)(with_live(item, live) for item in value)
    if isinstance(value, dict):
        return {key: with_live(item, live) for key, item in value.items()}
    return value
