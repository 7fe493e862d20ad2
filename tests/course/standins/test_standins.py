"""The stand-ins do what the exercises ask for, under the same names, and tell no solution."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import nn

from course.checking.judge import judge
from course.checking.key import read_key
from course.checking.observe import observe
from course.standins import standin
from course.standins.attention import MultiHeadAttention
from course.standins.encoder import Encoder, EncoderBlock

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("name", ["MultiHeadAttention", "sinusoidal_positions"])
def test_what_stands_in_for_lesson_5_passes_every_case_of_its_exercise(name: str) -> None:
    key = read_key(ROOT / f"solutions/05_attention/key/{name}.json")
    questions = {**key.questions(), "refuse": {}}
    verdict = judge(key, observe(questions, standin("05_attention", name)))
    assert verdict.points == key.points, str(verdict)


def test_heads_must_divide_the_width() -> None:
    with pytest.raises(ValueError, match=r"d_model \(10\) must be a multiple of num_heads \(3\)"):
        MultiHeadAttention(10, 3)


def by_hand(block: EncoderBlock, x: torch.Tensor, mask: torch.Tensor, norm_first: bool) -> torch.Tensor:
    """The block written out, once more and without torch's layer."""

    def feed_forward(z: torch.Tensor) -> torch.Tensor:
        result: torch.Tensor = block.feed_forward["contract"](nn.functional.gelu(block.feed_forward["expand"](z)))
        return result

    def attention(z: torch.Tensor) -> torch.Tensor:
        result: torch.Tensor = block.attention(z, z, z, mask)[0]
        return result

    if norm_first:
        x = x + attention(block.attention_norm(x))
        return x + feed_forward(block.feed_forward_norm(x))
    x = block.attention_norm(x + attention(x))
    result: torch.Tensor = block.feed_forward_norm(x + feed_forward(x))
    return result


@pytest.mark.parametrize("norm_first", [False, True])
def test_an_eps_that_is_set_later_counts(norm_first: bool) -> None:
    torch.manual_seed(0)
    later, at_once = (EncoderBlock(8, 2, 16, norm_first=norm_first, eps=eps).eval() for eps in (1e-5, 0.5))
    at_once.load_state_dict(later.state_dict())
    x = torch.randn(2, 3, 8)
    with torch.no_grad():
        assert not torch.allclose(later(x), at_once(x), atol=1e-3)
        for part in later.modules():
            if isinstance(part, nn.LayerNorm):
                part.eps = 0.5
        assert torch.equal(later(x), at_once(x))


@pytest.mark.parametrize("norm_first", [False, True])
@pytest.mark.parametrize("training", [False, True])
def test_a_block_is_the_sum_of_its_parts(norm_first: bool, training: bool) -> None:
    torch.manual_seed(0)
    block = EncoderBlock(16, 4, 32, norm_first=norm_first, eps=1e-3).train(training)
    x = torch.randn(2, 5, 16)
    mask = torch.ones(2, 1, 5, dtype=torch.bool)
    mask[1, 0, 3:] = False
    torch.testing.assert_close(block(x, mask), by_hand(block, x, mask, norm_first), rtol=1e-5, atol=1e-5)
    with torch.no_grad():
        torch.testing.assert_close(block(x, mask), by_hand(block, x, mask, norm_first), rtol=1e-5, atol=1e-5)


def test_every_parameter_learns_and_has_its_name() -> None:
    encoder = Encoder(2, 8, 2, 16, norm_first=True)
    encoder(torch.randn(1, 3, 8), torch.ones(3, 3, dtype=torch.bool).tril()).square().sum().backward()
    assert all(parameter.grad is not None for parameter in encoder.parameters())
    names = {name.rpartition(".")[0] for name, _ in encoder.named_parameters()}
    block = {
        "attention.w_query", "attention.w_key", "attention.w_value", "attention.w_output", "attention_norm",
        "feed_forward.expand", "feed_forward.contract", "feed_forward_norm",
    }  # fmt: skip
    assert names == {f"blocks.{number}.{name}" for number in range(2) for name in block} | {"final_norm"}


def test_without_norm_first_there_is_no_last_norm() -> None:
    assert not [name for name, _ in Encoder(1, 8, 2, 16).named_parameters() if "final" in name]


def test_an_unknown_stand_in_is_answered_with_those_there_are() -> None:
    with pytest.raises(LookupError, match=r"no stand-in for softmax of lesson 05_attention.*MultiHeadAttention"):
        standin("05_attention", "softmax")
