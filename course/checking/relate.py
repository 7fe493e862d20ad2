"""Saying what a difference looks like, when no misconception of the contract explains it.

A wrong result is often a right one in disguise: transposed, scaled, negated, shifted, in another order. Naming the
disguise tells a learner where to look; it never tells the solution.
"""

from __future__ import annotations

from itertools import permutations
from typing import Any

from course.checking.compare import Difference, Tolerance, arrays_close, ordinal
from course.checking.data import Array, Name, Opaque

MAX_RELATED = 200_000


def describe(found: Difference, tolerance: Tolerance, *, closely: bool = True) -> str:
    """One or two sentences on a difference.

    Args:
        found: where the values part.
        tolerance: that of the case, so that a disguise is recognised as closely as a right answer would be.
        closely: whether to look for a disguise.
    """
    subject = found.where or "your result"
    subject = subject[0].upper() + subject[1:]
    if found.kind == "type":
        return _type_sentence(subject, found.expected, found.received)
    if found.kind == "length":
        return f"{subject} has {_count(len(found.received), 'item')}, and {len(found.expected)} were expected."
    if found.kind == "keys":
        return _keys_sentence(subject, found.expected, found.received)
    if found.kind == "shape":
        return _shape_sentence(subject, found.expected, found.received)
    if found.kind == "kind":
        return (
            f"{subject} holds {_KINDS[found.received.number_kind]} ({found.received.dtype}), "
            f"and {_KINDS[found.expected.number_kind]} ({found.expected.dtype}) were expected."
        )
    if found.kind == "dtype":
        return (
            f"{subject} has dtype {found.received.dtype}, and {found.expected.dtype} was expected: "
            "look for the line where the precision changes."
        )
    if found.kind == "mutated":
        return (
            "Your function changes its input: what the caller passed in is different afterwards. Look for an operation "
            "that ends in an underscore, an augmented assignment such as +=, or an assignment into an argument."
        )
    if isinstance(found.expected, Array) and isinstance(found.received, Array):
        return _array_sentence(subject, found.expected, found.received, tolerance, closely=closely)
    return _plain_sentence(subject, found.expected, found.received)


_KINDS = {
    "bool": "True/False values", "int": "whole numbers", "float": "floating-point numbers",
    "complex": "complex numbers", "other": "other values",
}  # fmt: skip


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def kind_of(value: Any) -> str:
    """What a reading is, with its article: ``"a tensor of shape (2, 3)"``."""
    if value is None:
        return "None"
    if isinstance(value, Array):
        thing = "a tensor" if value.kind == "tensor" else "a numpy array"
        return f"{thing} of shape {value.shape}" if value.shape else f"{thing} with a single number"
    if isinstance(value, Name):
        return f"a torch.{value.kind}"
    if isinstance(value, Opaque):
        name = value.type_name.removeprefix("builtins.")
        article = "an" if name[:1].lower() in "aeiou" else "a"
        return f"{article} {name}" + (f" ({value.note})" if value.note else "")
    if isinstance(value, (list, tuple)):
        return f"a sequence of {_count(len(value), 'item')}"
    if isinstance(value, dict):
        return "a dict"
    names = {bool: "a bool", int: "an int", float: "a float", str: "a string", set: "a set", bytes: "bytes"}
    return names.get(type(value), f"a {type(value).__name__}")


def _type_sentence(subject: str, expected: Any, received: Any) -> str:
    if isinstance(expected, (list, tuple)) and isinstance(received, (list, tuple)):
        return f"{subject} is a {type(received).__name__}, and a {type(expected).__name__} was expected."
    if received is None:
        return f"{subject} is None, and {kind_of(expected)} was expected: does every path through it end in a return?"
    if isinstance(received, Opaque) and "NotImplemented" in received.type_name:
        return f"{subject} is NotImplemented, and {kind_of(expected)} was expected."
    if isinstance(received, Opaque) and received.type_name in ("builtins.function", "builtins.method", "builtins.type"):
        wanted = kind_of(expected)
        return f"{subject} is itself a function or class, and {wanted} was expected: are the parentheses missing?"
    if isinstance(expected, Array) and isinstance(received, list) and len(received) and isinstance(received[0], Array):
        return f"{subject} is {kind_of(received)}, and just {kind_of(expected)} was expected: return one of them alone."
    if isinstance(expected, list) and isinstance(received, Array):
        return f"{subject} is {kind_of(received)} alone, and {kind_of(expected)} was expected: look at what to return."
    return f"{subject} is {kind_of(received)}, and {kind_of(expected)} was expected."


def _keys_sentence(subject: str, expected: dict[Any, Any], received: dict[Any, Any]) -> str:
    missing = [key for key in expected if key not in received]
    extra = [key for key in received if key not in expected]
    parts = []
    if missing:
        parts.append("lacks " + ", ".join(map(repr, missing[:5])))
    if extra:
        some = ", ".join(map(repr, extra[:5]))
        parts.append(f"has unexpected {some}" if len(extra) <= 5 else f"has {len(extra)} keys too many, such as {some}")
    return f"{subject} {' and '.join(parts)}."


def _shape_sentence(subject: str, expected: Array, received: Array) -> str:
    start = f"{subject} has shape {received.shape}, and {expected.shape} was expected"
    if len(expected.shape) == len(received.shape) and sorted(expected.shape) == sorted(received.shape):
        moved = [axis for axis, (a, b) in enumerate(zip(expected.shape, received.shape, strict=True)) if a != b]
        if len(moved) == 2:
            return f"{start}: dimensions {moved[0]} and {moved[1]} look transposed."
        return f"{start}: the dimensions are in another order."
    if expected.values.size == received.values.size:
        if tuple(n for n in expected.shape if n != 1) == tuple(n for n in received.shape if n != 1):
            return (
                f"{start}: they differ only by dimensions of size 1 (keepdim, squeeze and unsqueeze add or drop these)."
            )
        return f"{start}: the number of elements is right, so a reshape differs."
    if len(received.shape) < len(expected.shape):
        return f"{start}: a dimension was lost on the way (summed over, indexed away or never added)."
    if len(received.shape) > len(expected.shape):
        return f"{start}: there is a dimension too many (look for a broadcast or an unsqueeze)."
    wrong = [axis for axis, (a, b) in enumerate(zip(expected.shape, received.shape, strict=True)) if a != b]
    axis = wrong[0]
    if received.shape[axis] - expected.shape[axis] in (-1, 1):
        return f"{start}: dimension {axis} is off by one."
    return f"{start}: dimension {axis} is wrong."


def _array_sentence(subject: str, expected: Array, received: Array, tolerance: Tolerance, *, closely: bool) -> str:
    import numpy as np

    if expected.number_kind == "bool":
        return _mask_sentence(subject, expected, received)
    wanted, came = expected.values.astype(np.float64), received.values.astype(np.float64)
    bad = ~np.isfinite(came) & np.isfinite(wanted)
    if bad.any():
        kinds = "NaN" if np.isnan(came[bad]).any() else "infinity"
        causes = (
            "0/0, infinity minus infinity, or the logarithm of a negative number make one"
            if kinds == "NaN"
            else "a division by zero or the exponential of a large number makes one"
        )
        return f"{subject} holds {kinds} in {_count(int(bad.sum()), 'place')} (first at {_first(bad)}): {causes}."
    disguise = _disguise(expected, received, tolerance) if closely and wanted.size <= MAX_RELATED else None
    if disguise:
        return f"{subject} {disguise}"
    return _largest_difference(subject, wanted, came, tolerance)


def _largest_difference(subject: str, wanted: Any, came: Any, tolerance: Tolerance) -> str:
    import numpy as np

    wrong = ~np.isclose(came, wanted, rtol=tolerance.rtol, atol=tolerance.atol, equal_nan=True)
    gap = np.where(wrong, np.abs(np.nan_to_num(came) - np.nan_to_num(wanted)), -1.0)
    at = tuple(int(i) for i in np.unravel_index(int(gap.argmax()), gap.shape))
    where = f" at {list(at)}" if at else ""
    share = f"{int(wrong.sum())} of {wrong.size} numbers" if wrong.size > 1 else "the number"
    differ = "differ" if wrong.size > 1 and wrong.sum() != 1 else "differs"
    rows = ""
    if wrong.ndim >= 2 and wrong.sum() < wrong.size:
        bad_rows = np.unique(np.argwhere(wrong)[:, -2])
        if len(bad_rows) == 1 and wrong.shape[-2] > 1:
            rows = f", all of them in the {ordinal(int(bad_rows[0]))} row"
    return (
        f"{subject} has the right shape, but {share} {differ}{rows}; the largest difference is{where}: "
        f"{came[at]:.4g} instead of {wanted[at]:.4g}."
    )


def _first(flags: Any) -> str:
    import numpy as np

    return str([int(i) for i in np.argwhere(flags)[0]]) if flags.ndim else "its only number"


def _mask_sentence(subject: str, expected: Array, received: Array) -> str:
    import numpy as np

    wanted, came = expected.values, received.values
    if bool((wanted != came).all()):
        return f"{subject} is the exact opposite: True stands where False was expected, and the other way round."
    if came.ndim >= 2 and came.shape[-1] == came.shape[-2] and np.array_equal(came.swapaxes(-1, -2), wanted):
        return f"{subject} is transposed: rows and columns have changed places."
    if bool(came.all()) or not bool(came.any()):
        return f"{subject} is {bool(came.flat[0])} everywhere."
    differ = wanted != came
    return (
        f"{subject} has the right shape, but {int(differ.sum())} of {differ.size} entries differ (first at "
        f"{_first(differ)}: {bool(came[differ].flat[0])} instead of {bool(wanted[differ].flat[0])})."
    )


def _disguise(expected: Array, received: Array, tolerance: Tolerance) -> str | None:
    """How the received numbers can be made from the expected ones, if they can."""
    import numpy as np

    wanted, came = expected.values.astype(np.float64), received.values.astype(np.float64)

    def same(one: Any) -> bool:
        return one.shape == came.shape and arrays_close(
            Array("array", "float64", one), Array("array", "float64", came), tolerance
        )

    if came.size and not came.any() and wanted.any():
        return "is zero everywhere."
    if wanted.size > 1:
        moving = [axis for axis in range(wanted.ndim) if wanted.shape[axis] > 1]
        for order in permutations(range(wanted.ndim)) if 2 <= wanted.ndim <= 4 else ():
            if order != tuple(range(wanted.ndim)) and same(wanted.transpose(order)):
                swapped = [axis for axis in range(wanted.ndim) if order[axis] != axis]
                return (
                    f"holds the expected numbers with dimensions {swapped[0]} and {swapped[1]} transposed."
                    if len(swapped) == 2
                    else "holds the expected numbers with its dimensions in another order."
                )
        for axis in moving:
            if same(np.flip(wanted, axis)):
                return f"is the expected one reversed along dimension {axis}."
            for shift in (1, -1):
                if same(np.roll(wanted, shift, axis)):
                    return f"is the expected one shifted by one along dimension {axis}."
    if np.isfinite(wanted).all() and np.isfinite(came).all():
        if same(-wanted):
            return "is the expected one with the opposite sign."
        factor = _factor(wanted, came)
        if factor is not None and same(wanted * factor):
            return f"is the expected one times {factor:.4g}, everywhere: look for a factor missing or one too many."
        if wanted.size > 1:
            offset = float((came - wanted).mean())
            if same(wanted + offset):
                return f"is the expected one plus {offset:.4g}, everywhere."
        if wanted.size > 2 and _same_numbers(wanted, came, tolerance):
            return "holds the expected numbers in another order: look at how the dimensions are split, joined or moved."
        sums = _sums_sentence(wanted, came)
        if sums:
            return sums
    return None


def _factor(wanted: Any, came: Any) -> float | None:
    import numpy as np

    big = np.abs(wanted) > 1e-6
    if big.sum() < 2:
        return None
    factor = float(np.median(came[big] / wanted[big]))
    return factor if abs(factor) > 1e-9 and abs(factor - 1) > 1e-6 else None


def _same_numbers(wanted: Any, came: Any, tolerance: Tolerance) -> bool:
    import numpy as np

    one, other = np.sort(wanted, axis=None), np.sort(came, axis=None)
    return bool(np.allclose(other, one, rtol=tolerance.rtol, atol=tolerance.atol))


def _sums_sentence(wanted: Any, came: Any) -> str | None:
    """Whether the expected numbers form distributions along a dimension and the received ones do not."""
    import numpy as np

    for axis in range(wanted.ndim):
        if wanted.shape[axis] < 2 or not np.allclose(wanted.sum(axis), 1, atol=1e-4):
            continue
        if not np.allclose(came.sum(axis), 1, atol=1e-4):
            total = float(came.sum(axis).flat[0])
            other = next(
                (
                    a for a in range(came.ndim)
                    if a != axis and came.shape[a] > 1 and np.allclose(came.sum(a), 1, atol=1e-4)
                ),
                None,
            )  # fmt: skip
            if other is not None:
                return f"sums to 1 along dimension {other}, and should do so along dimension {axis}."
            return f"should sum to 1 along dimension {axis}, and its first sum there is {total:.4g}."
    return None


def _plain_sentence(subject: str, expected: Any, received: Any) -> str:
    if isinstance(expected, str) and isinstance(received, str):
        if expected.strip().casefold() == received.strip().casefold():
            return f"{subject} differs only by upper and lower case or by spaces: {received!r} instead of {expected!r}."
        return f"{subject} is {_short(received)} instead of {_short(expected)}."
    if isinstance(expected, (int, float)) and isinstance(received, (int, float)) and not isinstance(expected, bool):
        if isinstance(received, float) and received != received:
            return f"{subject} is NaN, and {expected:.6g} was expected."
        if not all(abs(number) < 1e300 for number in (expected, received)):
            return f"{subject} is {_short(received)} instead of {_short(expected)}."
        ratio = received / expected if expected else 0.0
        if 1 < abs(ratio) < 1e6 and abs(ratio - round(ratio)) < 1e-6:
            return f"{subject} is {received:.10g}, {round(ratio)} times the expected {expected:.10g}."
        if 1e-6 < abs(ratio) < 1 and abs(1 / ratio - round(1 / ratio)) < 1e-6:
            return (
                f"{subject} is {received:.10g}, a {ordinal_fraction(round(1 / ratio))} of the expected {expected:.10g}."
            )
        return f"{subject} is {received:.10g} instead of {expected:.10g}."
    return f"{subject} is {_short(received)} instead of {_short(expected)}."


def ordinal_fraction(number: int) -> str:
    """``2`` → ``"half"``, ``3`` → ``"third"``, …"""
    return "half" if number == 2 else ordinal(number - 1)


def _short(value: Any) -> str:
    if isinstance(value, (Array, Name, Opaque)):
        return value.text if isinstance(value, Name) else kind_of(value)
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "…"
