"""Lesson 5's solutions against the libraries and against the properties that the lesson claims for them."""

from __future__ import annotations

import math
from types import SimpleNamespace

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from autograder.build.builder import read_source


@pytest.fixture(scope="module")
def lesson() -> SimpleNamespace:
    source = read_source("05_attention")
    return SimpleNamespace(**{e.name: source.workbench.solution(e.name) for e in source.lesson.exercises})


def drawn(*shape: int, seed: int = 0, dtype: torch.dtype = torch.float64) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=dtype)


def masks_of_all_kinds() -> list[Tensor | None]:
    generator = torch.Generator().manual_seed(4)
    scattered = torch.rand(2, 1, 4, 5, generator=generator) > 0.5
    scattered[1, 0, 2] = False  # a query that may attend to nothing
    return [None, torch.ones(4, 5, dtype=torch.bool).tril(), (torch.arange(5) < 3)[None], scattered]


@pytest.mark.parametrize("dim", [0, 1, 2, -1, -3])
@pytest.mark.parametrize("scale", [1e-6, 1.0, 50.0, 1e5])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.bfloat16])
def test_softmax_is_pytorchs_in_value_and_gradient(
    lesson: SimpleNamespace, dim: int, scale: float, dtype: torch.dtype
) -> None:
    x = (drawn(3, 4, 5) * scale).to(dtype)
    torch.testing.assert_close(lesson.softmax(x, dim), torch.softmax(x, dim))
    direction = drawn(3, 4, 5, seed=1).to(dtype)
    slopes = []
    for function in (lesson.softmax, torch.softmax):
        leaf = x.clone().requires_grad_()
        (function(leaf, dim) * direction).sum().backward()
        slopes.append(leaf.grad)
    torch.testing.assert_close(*slopes, atol=2e-2 if dtype == torch.bfloat16 else 1e-6, rtol=1e-2)


def test_only_differences_of_scores_matter(lesson: SimpleNamespace) -> None:
    x = drawn(4, 6)
    torch.testing.assert_close(lesson.softmax(x + 1234.0), lesson.softmax(x))


def test_additive_attention_is_the_formula_number_by_number(lesson: SimpleNamespace) -> None:
    query, keys, values = drawn(3), drawn(4, 2, seed=1), drawn(4, 5, seed=2)
    w_query, w_key, v = drawn(6, 3, seed=3), drawn(6, 2, seed=4), drawn(6, seed=5)

    def dot(a: Tensor, b: Tensor) -> float:
        return sum(x * y for x, y in zip(a.tolist(), b.tolist(), strict=True))

    scores = []
    for key in keys:
        hidden = [math.tanh(dot(w_query[h], query) + dot(w_key[h], key)) for h in range(6)]
        scores.append(sum(v[h].item() * hidden[h] for h in range(6)))
    powers = [math.exp(score) for score in scores]
    expected = torch.tensor([power / sum(powers) for power in powers], dtype=torch.float64)
    output, weights = lesson.additive_attention(query, keys, values, w_query, w_key, v)
    torch.testing.assert_close(weights, expected)
    torch.testing.assert_close(output, sum(w * value for w, value in zip(expected, values, strict=True)))


@pytest.mark.parametrize("mask", masks_of_all_kinds(), ids=["none", "causal", "one row", "an empty row"])
def test_scaled_attention_is_pytorchs_in_value_and_gradient(lesson: SimpleNamespace, mask: Tensor | None) -> None:
    tensors = [drawn(2, 3, 4, 8), drawn(2, 3, 5, 8, seed=1), drawn(2, 3, 5, 6, seed=2)]
    results = []
    for mine in (True, False):
        query, key, value = leaves = [tensor.clone().requires_grad_() for tensor in tensors]
        if mine:
            output, _ = lesson.scaled_dot_product_attention(query, key, value, mask)
        else:
            output = functional.scaled_dot_product_attention(query, key, value, mask)
        output.square().sum().backward()
        results.append([output, *(leaf.grad for leaf in leaves)])
    for own, pytorchs in zip(*results, strict=True):
        torch.testing.assert_close(own, pytorchs)


def test_weights_sum_to_one_or_to_nothing(lesson: SimpleNamespace) -> None:
    mask = masks_of_all_kinds()[3]
    assert mask is not None
    _, weights = lesson.scaled_dot_product_attention(drawn(2, 3, 4, 8), drawn(2, 3, 5, 8), drawn(2, 3, 5, 6), mask)
    sums = mask.any(dim=-1).to(weights.dtype).expand(2, 3, 4)
    torch.testing.assert_close(weights.sum(dim=-1), sums)
    assert torch.all(weights[~mask.expand_as(weights)] == 0)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_masks_work_in_half_precision(lesson: SimpleNamespace, dtype: torch.dtype) -> None:
    x = drawn(2, 4, 8).to(dtype)
    output, weights = lesson.scaled_dot_product_attention(x, x, x, torch.ones(4, 4, dtype=torch.bool).tril(-1))
    assert output.dtype == weights.dtype == dtype
    assert torch.isfinite(output).all()
    assert torch.all(weights[:, 0] == 0)


def test_a_padded_sentence_reads_as_it_does_alone(lesson: SimpleNamespace) -> None:
    torch.manual_seed(0)
    layer = lesson.MultiHeadAttention(8, 2).double()
    short, long = drawn(1, 3, 8), drawn(1, 6, 8, seed=1)
    batch = torch.cat([functional.pad(short, (0, 0, 0, 3), value=99.0), long])
    output, _ = layer(batch, batch, batch, lesson.padding_mask(torch.tensor([3, 6]), 6))
    torch.testing.assert_close(output[:1, :3], layer(short, short, short)[0])
    torch.testing.assert_close(output[1:], layer(long, long, long)[0])


def test_the_past_does_not_depend_on_the_future(lesson: SimpleNamespace) -> None:
    torch.manual_seed(0)
    layer = lesson.MultiHeadAttention(8, 4).double()
    x = drawn(1, 6, 8)
    whole, _ = layer(x, x, x, lesson.causal_mask(6))
    for length in range(1, 7):
        start = x[:, :length]
        torch.testing.assert_close(layer(start, start, start, lesson.causal_mask(length))[0], whole[:, :length])


@pytest.mark.parametrize("num_heads", [1, 2, 3, 6])
def test_merging_undoes_splitting(lesson: SimpleNamespace, num_heads: int) -> None:
    x = drawn(2, 5, 6)
    heads = lesson.split_heads(x, num_heads)
    assert torch.equal(lesson.merge_heads(heads), x)
    for h in range(num_heads):
        width = 6 // num_heads
        assert torch.equal(heads[:, h], x[..., h * width : (h + 1) * width])


@pytest.mark.parametrize("num_heads", [1, 2, 8])
@pytest.mark.parametrize("masked", [False, True])
def test_multi_head_attention_is_pytorchs(lesson: SimpleNamespace, num_heads: int, masked: bool) -> None:
    torch.manual_seed(num_heads)
    theirs = nn.MultiheadAttention(16, num_heads, batch_first=True).double()
    nn.init.normal_(theirs.in_proj_bias)
    nn.init.normal_(theirs.out_proj.bias)
    mine = lesson.MultiHeadAttention(16, num_heads).double()
    state = {"w_output.weight": theirs.out_proj.weight, "w_output.bias": theirs.out_proj.bias}
    for i, name in enumerate(("w_query", "w_key", "w_value")):
        state[f"{name}.weight"] = theirs.in_proj_weight[16 * i : 16 * (i + 1)]
        state[f"{name}.bias"] = theirs.in_proj_bias[16 * i : 16 * (i + 1)]
    mine.load_state_dict(state)

    query, key, value = drawn(3, 4, 16), drawn(3, 6, 16, seed=1), drawn(3, 6, 16, seed=2)
    mask = lesson.padding_mask(torch.tensor([6, 2, 4]), 6) if masked else None
    output, weights = mine(query, key, value, mask)
    blocked = None if mask is None else ~mask[:, 0]
    expected = theirs(query, key, value, key_padding_mask=blocked, average_attn_weights=False)
    torch.testing.assert_close(output, expected[0])
    torch.testing.assert_close(weights, expected[1])
    assert sum(p.numel() for p in mine.parameters()) == 4 * 16**2 + 4 * 16


def test_heads_must_divide_the_width(lesson: SimpleNamespace) -> None:
    with pytest.raises(ValueError, match="multiple of num_heads"):
        lesson.MultiHeadAttention(10, 4)


def test_without_positions_order_is_lost_and_with_them_it_is_not(lesson: SimpleNamespace) -> None:
    torch.manual_seed(0)
    layer = lesson.MultiHeadAttention(8, 2).double()
    x, order = drawn(1, 5, 8), torch.tensor([3, 0, 4, 1, 2])
    reordered = x[:, order]
    torch.testing.assert_close(layer(reordered, reordered, reordered)[0], layer(x, x, x)[0][:, order])
    placed, moved = (t + lesson.sinusoidal_positions(5, 8) for t in (x, reordered))
    assert not torch.allclose(layer(moved, moved, moved)[0], layer(placed, placed, placed)[0][:, order], atol=1e-3)


def test_a_shift_of_sinusoids_is_one_rotation_for_all_positions(lesson: SimpleNamespace) -> None:
    table = lesson.sinusoidal_positions(60, 12).double()
    shift = 7
    for i in range(6):
        b = shift * 10000 ** (-2 * i / 12)
        rotation = torch.tensor([[math.cos(b), math.sin(b)], [-math.sin(b), math.cos(b)]], dtype=torch.float64)
        pair = table[:, 2 * i : 2 * i + 2]
        torch.testing.assert_close(pair[shift:], pair[:-shift] @ rotation.T, atol=1e-5, rtol=0)


def test_rope_is_gptjs(lesson: SimpleNamespace) -> None:
    from transformers.models.gptj.modeling_gptj import apply_rotary_pos_emb, create_sinusoidal_positions

    x, positions = drawn(2, 7, 3, 16, dtype=torch.float32), torch.tensor([0, 1, 5, 9, 40, 41, 200])
    sin, cos = create_sinusoidal_positions(256, 16)[positions].expand(2, -1, -1).chunk(2, dim=-1)
    expected = apply_rotary_pos_emb(x, sin, cos)  # (batch, length, heads, d_head)
    mine = lesson.apply_rope(x.transpose(1, 2), positions).transpose(1, 2)
    torch.testing.assert_close(mine, expected, atol=1e-4, rtol=1e-4)


def test_rope_scores_depend_on_the_distance_alone_and_lengths_stay(lesson: SimpleNamespace) -> None:
    q, k = drawn(1, 32), drawn(1, 32, seed=1)
    for distance in (0, 1, 6, -4):
        scores = [
            (lesson.apply_rope(q, torch.tensor([m])) @ lesson.apply_rope(k, torch.tensor([m + distance])).T).item()
            for m in (4, 17, 120)
        ]
        assert max(scores) - min(scores) < 1e-3
    far = lesson.apply_rope(q, torch.tensor([999]))
    torch.testing.assert_close(far.norm(), q.norm(), atol=1e-5, rtol=0)
    assert torch.equal(lesson.apply_rope(q, torch.tensor([0])), q)
