"""The last digits of a float may differ from machine to machine; nothing else may."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch

from autograder.build.stable import kept, same_data, same_text
from course.checking.data import encode


def test_tensors_may_differ_in_their_last_bits_only() -> None:
    one = torch.tensor([1.0, 2.0])
    assert same_data(encode(one), encode(one * (1 + 1e-7)))
    assert not same_data(encode(one), encode(one * 1.001))
    assert not same_data(encode(one), encode(one.double()))
    assert not same_data(encode(torch.tensor([1])), encode(torch.tensor([2])))
    assert not same_data(encode(torch.tensor([True])), encode(torch.tensor([False])))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (float(np.float32(0.7)), float(np.nextafter(np.float32(0.7), np.float32(1))), True),
        (float(np.float32(0.7)), float(np.float32(0.7002)), False),
        (0.7, 0.7 + 1e-7, False), (0.7, 0.7 + 1e-12, True), (1e300, 1e300, True), (0.5, 0.25, False),
    ],
)  # fmt: skip
def test_a_number_that_comes_from_float32_may_differ_as_float32_does(one: float, other: float, same: bool) -> None:
    assert same_data({"p": [one]}, {"p": [other]}) is same


def test_in_a_key_a_number_may_differ_by_a_thousandth_of_its_cases_tolerance() -> None:
    def key(expected: float, observed: float, rtol: float = 0.01, name: str = "halved") -> dict[str, object]:
        case = {"rtol": rtol, "atol": 0.0, "expected": {"results": [expected]}}
        return {"exercise": "root", "cases": [case], "misconceptions": [{"name": name, "observed": [[observed]]}]}

    assert same_data(key(0.7, 0.3), key(0.7 + 1e-8, 0.3 - 1e-8))
    assert not same_data(key(0.7, 0.3), key(0.7 + 1e-4, 0.3))
    assert not same_data(key(0.7, 0.3), key(0.7, 0.3 - 1e-4))
    assert not same_data(key(0.7, 0.3, 1e-7), key(0.7 + 1e-8, 0.3, 1e-7))
    assert not same_data(key(0.7, 0.3), key(0.7, 0.3, name="doubled"))
    assert not same_data(key(0.7, 0.3), key(0.7, 0.3) | {"exercise": "other"})
    assert not same_data(key(0.7, 0.3), key(0.7, 0.3) | {"misconceptions": []})


def test_what_is_left_of_large_terms_may_differ_by_what_they_are_off() -> None:
    one = torch.tensor([2.0, 0.001])
    assert same_data(encode(one), encode(one + torch.tensor([0.0, 5e-6])))
    assert not same_data(encode(one), encode(one + torch.tensor([0.0, 5e-5])))
    assert not same_data(encode(one[1:]), encode(one[1:] + 5e-6))
    holed = torch.tensor([float("inf"), float("nan"), 0.001])
    assert same_data(encode(holed), encode(holed + 1e-8))
    assert not same_data(encode(holed), encode(holed + 5e-6))
    assert same_data(encode(torch.empty(0)), encode(torch.empty(0)))
    assert not same_data(encode(torch.tensor([900_000, 1])), encode(torch.tensor([900_000, 2])))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("variance 1.0234", "variance 1.0235", True),
        ("variance 1.0234", "variance 1.0334", False),
        ("d=64", "d=65", False),
        ("M12.50,7.25 L3", "M12.51,7.25 L3", True),
        ("2 of 3", "3 of 3", False),
        ("1e-07", "2e-07", False),
    ],
)
def test_texts_may_differ_in_a_unit_of_the_last_place(one: str, other: str, same: bool) -> None:
    assert same_text(one, other) is same


def test_the_committed_text_is_kept_where_only_such_digits_differ() -> None:
    before, after = (
        json.dumps({"x": encode(torch.tensor([1.0]))}),
        json.dumps({"x": encode(torch.tensor([1.0 + 2e-7]))}),
    )
    assert before != after
    assert kept(before, after) == before
    assert kept(None, after) == after
    assert kept("{broken", after) == after
    assert kept(before, json.dumps({"x": 1})) == json.dumps({"x": 1})


def _key(found: list[int], *, name: str = "swapped", scale: bool = True) -> str:
    """A key with one scored case, and one misconception that found these numbers."""
    case: dict[str, object] = {"name": "films", "expected": {"results": [encode({"positive": list(range(100))})]}}
    if scale:
        case["scale"] = {"measure": "macro_f1", "full": 0.8, "floor": 0.5}
    seen = {"results": [encode({"positive": found})], "error": None, "mutated": False, "timeout": False, "refused": []}
    return json.dumps({"cases": [case], "misconceptions": [{"name": name, "observed": [seen]}]})


def test_of_a_scored_case_such_observations_are_kept_as_the_judge_takes_for_one() -> None:
    before = _key(list(range(40)))
    assert kept(before, _key(list(range(2, 42)))) == before
    for fresh in (
        _key(list(range(80))),
        _key(list(range(2, 42)), name="another"),
        _key(list(range(2, 42)), scale=False),
    ):
        assert kept(before, fresh) == fresh
    assert kept(_key(list(range(40)), scale=False), _key(list(range(2, 42)), scale=False)) != _key(list(range(40)))
