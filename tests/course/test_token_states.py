"""What is compared where a batch is padded: the vectors of tokens, and nothing at padding positions."""

from __future__ import annotations

import torch
from torch import Tensor

from course.token_states import at_tokens, carries_gradient, largest_difference, repeats, try_at_tokens

MASK = torch.tensor([[1, 1, 0], [0, 1, 1]])
STATES = torch.arange(24.0).reshape(2, 3, 4)


def right(input_ids: Tensor, attention_mask: Tensor) -> Tensor:
    return STATES


def test_tokens_come_text_after_text() -> None:
    assert torch.equal(at_tokens(STATES, MASK), STATES.reshape(6, 4)[[0, 1, 4, 5]])


def test_a_result_of_the_right_form_is_cut_and_any_other_is_left() -> None:
    assert torch.equal(try_at_tokens(right, MASK, MASK, every=2), at_tokens(STATES, MASK)[:, ::2])
    assert torch.equal(try_at_tokens(lambda *_: STATES[0], MASK, MASK), STATES[0])
    assert try_at_tokens(lambda *_: "no", MASK, MASK) == "no"


def test_only_what_stands_at_tokens_must_repeat() -> None:
    calls = []

    def drifts(place: tuple[int, int]) -> Tensor:
        calls.append(place)
        states = STATES.clone()
        states[place] += len(calls)
        return states

    assert repeats(right, MASK, MASK)
    assert repeats(lambda *_: drifts((0, 2)), MASK, MASK)
    assert not repeats(lambda *_: drifts((0, 1)), MASK, MASK)


def test_a_gradient_is_seen_wherever_the_check_runs() -> None:
    weight = torch.ones(4, requires_grad=True)
    with torch.no_grad():
        assert carries_gradient(lambda *_: STATES * weight, MASK, MASK)
        assert not carries_gradient(right, MASK, MASK)


def test_the_largest_difference_passes_over_padding() -> None:
    other = STATES.clone()
    other[0, 2] += 100.0
    other[1, 1, 3] -= 0.5
    assert largest_difference(STATES, other, MASK) == 0.5
