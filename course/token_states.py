"""The vectors that belong to tokens: what is compared where a batch is padded.

What a model leaves at a padding position belongs to no token. Two right implementations may differ there, by more than
rounding or altogether, and nothing that follows reads it. So comparisons look at the tokens alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor


def at_tokens(states: Tensor, attention_mask: Tensor) -> Tensor:
    """The vectors at the tokens of a padded batch, text after text.

    Args:
        states: (batch, length, d_model).
        attention_mask: (batch, length), 1 or True for a token.

    Returns:
        (number of tokens, d_model).
    """
    return states[attention_mask.bool()]


def try_at_tokens(answer: Callable[..., Any], input_ids: Tensor, attention_mask: Tensor, *, every: int = 1) -> Any:
    """For a case of an exercise: ``answer(input_ids, attention_mask)`` at the tokens alone.

    Args:
        answer: a function that should give (batch, length, d_model).
        input_ids: (batch, length).
        attention_mask: (batch, length), 1 for a token and 0 for padding.
        every: keep every so-manieth number of each vector, so that a key of many texts stays small.

    Returns:
        (number of tokens, d_model / every); what the answer gives if it has no vector for each position.
    """
    states = answer(input_ids, attention_mask)
    if not isinstance(states, Tensor) or states.dim() != 3 or states.shape[:2] != attention_mask.shape:
        return states
    return at_tokens(states, attention_mask)[:, ::every]


def repeats(answer: Callable[..., Any], input_ids: Tensor, attention_mask: Tensor) -> bool:
    """For a case of an exercise: whether two calls give the same at the tokens, which random weights do not."""
    one, other = (try_at_tokens(answer, input_ids, attention_mask) for _ in range(2))
    if not (isinstance(one, Tensor) and isinstance(other, Tensor) and one.shape == other.shape):
        return type(one) is type(other) and not isinstance(one, Tensor)  # what else is wrong, other cases tell
    return bool(torch.allclose(one, other, rtol=0, atol=1e-5))


def carries_gradient(answer: Callable[..., Any], input_ids: Tensor, attention_mask: Tensor) -> bool:
    """For a case of an exercise: whether the result carries a gradient, on a caller who has not turned it off."""
    with torch.enable_grad():
        states = answer(input_ids, attention_mask)
    return isinstance(states, Tensor) and states.requires_grad


def largest_difference(one: Tensor, other: Tensor, attention_mask: Tensor) -> float:
    """The largest absolute difference of two (batch, length, d_model) at the tokens."""
    gap: Tensor = (at_tokens(one, attention_mask) - at_tokens(other, attention_mask)).abs().max()
    return float(gap)
