"""Values agree as generously as honest work deserves, and strictly by type where an exercise promises one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from autograder.build.keys import compile_key
from autograder.contract import Alternative, Case, Exercise, Lesson, call, case
from course.checking.card import plain_text
from course.checking.compare import Tolerance, difference, observation_difference
from course.checking.data import encode, reading
from course.checking.judge import judge
from course.checking.key import Key, KeyCase
from course.checking.observe import observe
from course.checking.relate import describe

STRICT = Tolerance(0.0, 0.0, strict_type=True)
LENIENT = Tolerance(0.0, 0.0)


def seen(value: Any) -> dict[str, Any]:
    return {"results": [encode(value)], "error": None, "mutated": False, "timeout": False, "refused": []}


@pytest.mark.parametrize(
    ("expected", "received", "says"),
    [
        (256, 256.0, "Your result is a float, and an int was expected."),
        (0.5, 1, "Your result is an int, and a float was expected."),
        (3, torch.tensor(3), "Your result is a tensor with a single number, and an int was expected."),
        (3, np.int64(3), "Your result is a numpy array with a single number, and an int was expected."),
        ([[0], [1]], [(0,), (1,)], "The first item is a tuple, and a list was expected."),
        ((1, 2), [1, 2], "Your result is a list, and a tuple was expected."),
        ({"total": 16}, {"total": 16.0}, "'total' is a float, and an int was expected."),
    ],
)
def test_types_part_only_where_they_are_strict(expected: Any, received: Any, says: str) -> None:
    found = observation_difference(seen(expected), seen(received), STRICT, {})
    assert found is not None
    assert (found.kind, describe(found, STRICT)) == ("type", says)
    assert observation_difference(seen(expected), seen(expected), STRICT, {}) is None
    if expected == received or isinstance(expected, (list, tuple)):
        assert observation_difference(seen(expected), seen(received), LENIENT, {}) is None


def test_a_tensor_is_not_a_plain_number_where_types_are_strict() -> None:
    wanted = reading(encode(torch.tensor(2.0)))
    assert difference(wanted, 2.0, LENIENT) is None
    assert difference(wanted, 2.0, STRICT) is not None


def test_an_option_that_is_off_leaves_no_trace_in_a_key() -> None:
    off = KeyCase("a", False, 0.0, 0.0, False, (), "", [], {})
    on = KeyCase("a", False, 0.0, 0.0, False, (), "", [], {}, strict_type=True)
    assert "strict_type" not in off.to_json()
    assert on.to_json()["strict_type"] is True


class _Bench:
    """A workbench with one answer, given as a function."""

    lesson = "99_types"

    def solution(self, name: str) -> Any:
        return lambda n: n + 1


def _key(*cases: Case) -> Key:
    exercise = Exercise(
        "successor", "one more", 2, 1, 5, ("a", "b", "c"), cases, (), (Alternative("same", code="same"),)
    )
    lesson = Lesson("99_types", "types", "types", 1, (exercise,))
    key = compile_key(_Bench(), lesson, exercise, "raise NotImplementedError()")  # type: ignore[arg-type]
    return Key.from_json(key.to_json())


@pytest.mark.parametrize(("strict", "points"), [(False, 2.0), (True, 0.0)])
def test_a_contract_decides_whether_types_are_strict(strict: bool, points: float) -> None:
    key = _key(case("one", call(1), strict_type=strict), case("two", call(2), hidden=True, strict_type=strict))
    assert judge(key, observe(key.questions(), lambda n: n + 1)).points == 2.0
    assert judge(key, observe(key.questions(), lambda n: n + 1.0)).points == points


def test_a_card_writes_lists_and_tuples_as_python_does() -> None:
    assert plain_text(encode([[0, 1], (2,), (3, 4)])) == "[[0, 1], (2,), (3, 4)]"
