"""Numbers at the ends of what Python can hold: each is compared, described and written down like any other."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from course.checking.compare import Tolerance, difference
from course.checking.data import encode, reading
from course.checking.relate import describe

TOLERANCE = Tolerance(1e-4, 1e-5)


@pytest.mark.parametrize("expected", [2.5, 590])
@pytest.mark.parametrize(
    "received",
    [math.inf, -math.inf, math.nan, 10**400, -(10**400), 10**5000, 5e-324, 1e308, True, "9" * 10**6],
    ids=lambda value: type(value).__name__,
)
def test_whatever_comes_is_wrong_and_is_told_in_a_sentence(expected: Any, received: Any) -> None:
    arrived = reading(json.loads(json.dumps(encode(received))))
    found = difference(expected, arrived, TOLERANCE)
    assert found is not None
    sentence = describe(found, TOLERANCE)
    assert sentence.endswith(".")
    assert len(sentence) < 400


def test_large_integers_are_still_exact() -> None:
    assert encode(2**4000) == 2**4000
    assert difference(2**4000, 2**4000, TOLERANCE) is None
    assert difference(2**4000, 2**4000 + 1, TOLERANCE) is not None


def test_an_integer_that_cannot_be_written_down_is_told_by_its_size() -> None:
    assert encode(10**5000) == {"$": "object", "type": "builtins.int", "note": "an integer of 16,610 bits"}


def test_a_ratio_is_told_where_it_means_something() -> None:
    found = difference(2.0, 6.0, TOLERANCE)
    assert found is not None
    assert "3 times the expected 2" in describe(found, TOLERANCE)
    found = difference(6.0, 2.0, TOLERANCE)
    assert found is not None
    assert "third of the expected 6" in describe(found, TOLERANCE)
