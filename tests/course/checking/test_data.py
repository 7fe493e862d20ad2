"""Values survive being written down as plain data, and nothing else gets through."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from course.checking.data import Array, Opaque, decode, encode, reading

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text() | st.integers(), inner),
    max_leaves=20,
)


@given(PLAIN)
def test_plain_values_come_back_through_json(value: Any) -> None:
    assert decode(json.loads(json.dumps(encode(value)))) == value


@pytest.mark.parametrize(
    "tensor",
    [
        torch.tensor(3.5),
        torch.arange(6).reshape(2, 3),
        torch.tensor([[True, False]]),
        torch.tensor([1.5, math.inf, -math.inf]),
        torch.randn(2, 3, dtype=torch.float64),
        torch.tensor([1.0, -2.0], dtype=torch.bfloat16),
        torch.tensor([1.0, -2.0], dtype=torch.float16),
        torch.empty(0, 4),
        torch.randn(3, 2).T,
        torch.tensor([1 + 2j]),
    ],
)
def test_tensors_come_back_bit_for_bit(tensor: torch.Tensor) -> None:
    back = decode(json.loads(json.dumps(encode(tensor))))
    assert back.dtype == tensor.dtype
    assert back.shape == tensor.shape
    assert torch.equal(back, tensor)


def test_a_decoded_tensor_may_be_written_to() -> None:
    back = decode(encode(torch.zeros(2)))
    back += 1
    assert back.tolist() == [1, 1]


def test_a_gradient_and_a_subclass_do_not_travel() -> None:
    class Own(torch.Tensor):
        @classmethod
        def __torch_function__(cls, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            raise AssertionError("encoding must not run the learner's code")

    own = torch.ones(2).as_subclass(Own)
    assert decode(encode(own)).tolist() == [1, 1]
    assert decode(encode(torch.ones(2, requires_grad=True))).requires_grad is False


def test_nan_is_written_as_text_and_read_as_a_number() -> None:
    assert math.isnan(decode(json.loads(json.dumps(encode(math.nan), allow_nan=False))))


def test_bfloat16_is_read_without_torch_in_the_same_value() -> None:
    found = reading(encode(torch.tensor([1.5, -2.25], dtype=torch.bfloat16)))
    assert isinstance(found, Array)
    assert found.dtype == "bfloat16"
    assert found.values.tolist() == [1.5, -2.25]


def test_what_has_no_plain_form_is_only_named() -> None:
    found = reading(encode(object()))
    assert found == Opaque("builtins.object")


def test_a_cycle_ends() -> None:
    cycle: list[Any] = []
    cycle.append(cycle)
    json.dumps(encode(cycle))


def test_a_huge_tensor_is_not_copied() -> None:
    found = reading(encode(torch.zeros(1).expand(5_000_000)))
    assert isinstance(found, Opaque)
    assert "5,000,000" in found.note


def test_numpy_scalars_keep_their_kind() -> None:
    assert reading(encode(np.float32(0.5))).number_kind == "float"
    assert reading(encode(np.int64(3))).number_kind == "int"


def test_pickle_is_never_read() -> None:
    with pytest.raises(ValueError, match="unknown kind"):
        decode({"$": "pickle", "v": "gASVAA=="})


def test_a_subclass_is_written_down_by_its_numbers_whatever_it_says_of_itself() -> None:
    class Agreeable(torch.Tensor):
        def numpy(self, *_: Any) -> Any:
            raise AssertionError("nobody looks")

        detach = cpu = contiguous = lambda self, *_: self  # type: ignore[assignment]

    plain = torch.tensor([1.0, 2.0])
    assert encode(plain.as_subclass(Agreeable)) == encode(plain)
