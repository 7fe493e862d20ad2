from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from autograder.engine.evidence import are_observations, are_outputs, is_plain_data, told_error
from course.checking.data import encode
from course.checking.observe import observe

_scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.binary(max_size=5)
_values = st.recursive(
    _scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(
            st.text(max_size=3) | st.integers() | st.tuples(st.integers(), st.floats()), inner, max_size=3
        )
        | st.frozensets(st.integers() | st.text(max_size=2), max_size=3)
    ),
    max_leaves=10,
)


@given(_values)
def test_what_the_observer_writes_is_plain_data(value: Any) -> None:
    assert is_plain_data(json.loads(json.dumps(encode(value))))


@pytest.mark.parametrize("dtype", [
    torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.uint8, torch.bool,
    torch.complex64, torch.float8_e4m3fn, torch.float8_e5m2, torch.uint16,
])  # fmt: skip
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0, 3), (5, 7)])
def test_tensors_of_all_kinds_are_plain_data(dtype: torch.dtype, shape: tuple[int, ...]) -> None:
    assert is_plain_data(encode(torch.zeros(shape).to(dtype)))


@pytest.mark.parametrize("dtype", ["f8", ">f4", "i2", "u8", "?", "c16", "g"])
def test_arrays_of_all_kinds_are_plain_data(dtype: str) -> None:
    assert is_plain_data(encode(np.zeros((2, 3), dtype)))


def test_odd_values_are_plain_data() -> None:
    odd = [torch.float32, torch.device("cpu"), torch.Size([2]), object(), {torch.float32}, {(1, 2): {3}}, print, int]
    assert all(is_plain_data(encode(value)) for value in odd)


@pytest.mark.parametrize(
    "value",
    [
        {"$": "array", "dtype": "float64", "shape": [10**9, 10**9], "data": ""},
        {"$": "array", "dtype": "O", "shape": [1], "data": "AAAAAAAAAAA="},
        {"$": "tensor", "dtype": "load", "shape": [], "data": ""},
        {"$": "tensor", "dtype": "float32", "shape": [-1], "data": ""},
        {"$": "tensor", "dtype": "float32", "shape": [True], "data": "AAAAAA=="},
        {"$": "tensor", "dtype": "float32", "shape": [1], "data": "AAAAAA==", "more": 1},
        {"$": "float", "v": "1"}, {"$": "set", "v": 3}, {"$": "dict", "v": [[1]]}, {"$": "dict", "v": {}},
        {"$": "bytes", "v": "?"}, {"$": "unknown"}, {"plain": 1}, {"$": "object", "type": 3, "note": ""},
    ],
)  # fmt: skip
def test_what_the_observer_never_writes_is_not(value: Any) -> None:
    assert not is_plain_data(value)
    assert not is_plain_data([value])
    assert not is_plain_data({"$": "tuple", "v": [value]})


def test_depth_is_bounded() -> None:
    deep: Any = 1
    for _ in range(500):
        deep = [deep]
    assert not is_plain_data(deep)


def test_observations_have_the_observers_form() -> None:
    case = {"name": "c", "steps": [{"op": "call", "name": "", "args": [3], "kwargs": {}}]}
    seen = observe({"refuse": {}, "time_limit": 5.0, "cases": [case]}, lambda x: x / 0)
    assert are_observations(seen, 1)
    assert not are_observations(seen, 2)
    for key, value in (("mutated", 1), ("refused", [3]), ("error", {}), ("results", None), ("timeout", None)):
        assert not are_observations([{**seen[0], key: value}], 1)
    assert not are_observations([{**seen[0], "more": 1}], 1)
    assert not are_observations({}, 0)


def test_outputs_have_a_notebooks_form() -> None:
    good = [
        {"output_type": "stream", "name": "stdout", "text": "x"},
        {"output_type": "display_data", "data": {"text/plain": "x", "application/json": {}}, "metadata": {}},
        {"output_type": "execute_result", "data": {}, "metadata": {}, "execution_count": 3},
        {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["t"]},
    ]
    assert are_outputs(good, 4)
    assert not are_outputs(good, 3)
    deep: Any = 1
    for _ in range(100):
        deep = [deep]
    for bad in (
        {"output_type": "display_data", "data": {"application/json": deep}, "metadata": {}},
        {"output_type": "display_data", "data": {}, "metadata": {"x": {"y": deep}}},
        {"output_type": "stream", "name": "stdin", "text": "x"}, {"output_type": "stream", "name": "stdout", "text": 3},
        {"output_type": "display_data", "data": {"text/html": {}}, "metadata": {}}, {"output_type": "error"}, 3,
        {**good[0], "more": 1},
    ):  # fmt: skip
        assert not are_outputs([bad], 9)


def test_an_error_is_told_or_not() -> None:
    assert told_error({"error": None}) is None
    assert told_error({"error": {"type": "E", "message": "m"}}) == ("E", "m")
    for error in (3, {}, {"type": "E"}, {"type": 3, "message": ""}):
        with pytest.raises(ValueError, match="error"):
            told_error({"error": error})


@pytest.mark.parametrize("place", ["data", "metadata"])
@pytest.mark.parametrize(("depth", "whether"), [(20, True), (200, False)])
def test_what_is_shown_is_bounded_in_depth(place: str, depth: int, whether: bool) -> None:
    tower: Any = 1
    for level in range(depth):
        tower = [tower] if level % 2 else {"a": tower}
    bundle = {"data": {"text/plain": "x"}, "metadata": {}} | {place: {"application/json": tower}}
    assert are_outputs([{"output_type": "display_data", **bundle}], 5) is whether
