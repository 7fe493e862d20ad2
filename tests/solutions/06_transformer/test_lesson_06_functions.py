"""The solutions of lesson 6 beside PyTorch's own layers, and the counts beside built models."""

from __future__ import annotations

import pytest
import torch
from torch import nn
from transformers import GPT2Config, GPT2LMHeadModel

from autograder.build.builder import read_source
from course.standins import standin

WORKBENCH = read_source("06_transformer").workbench
EncoderBlock, Encoder, DecoderBlock = (WORKBENCH.solution(name) for name in ("EncoderBlock", "Encoder", "DecoderBlock"))
PADDING = torch.tensor([[True] * 5, [True] * 3 + [False] * 2])


def attention_state(mine: nn.Module, prefix: str) -> dict[str, torch.Tensor]:
    parts = (mine.w_query, mine.w_key, mine.w_value)
    state = {f"{prefix}.in_proj_{kind}": torch.cat([getattr(p, kind) for p in parts]) for kind in ("weight", "bias")}
    return state | {f"{prefix}.out_proj.{kind}": getattr(mine.w_output, kind) for kind in ("weight", "bias")}


def pairs(names: dict[str, nn.Module]) -> dict[str, torch.Tensor]:
    return {f"{name}.{kind}": getattr(part, kind) for name, part in names.items() for kind in ("weight", "bias")}


def shaken(module: nn.Module) -> nn.Module:
    """With numbers in which no weight is one and no bias zero."""
    torch.manual_seed(7)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter += 0.3 * torch.randn_like(parameter)
    return module


@pytest.mark.parametrize("norm_first", [False, True])
def test_an_encoder_block_is_torchs_layer(norm_first: bool) -> None:
    mine = shaken(EncoderBlock(12, 3, 20, norm_first=norm_first))
    theirs = nn.TransformerEncoderLayer(
        12, 3, 20, dropout=0.0, activation="gelu", batch_first=True, norm_first=norm_first
    )
    names = {"norm1": mine.attention_norm, "norm2": mine.feed_forward_norm}
    names |= {"linear1": mine.feed_forward.expand, "linear2": mine.feed_forward.contract}
    theirs.load_state_dict(attention_state(mine.attention, "self_attn") | pairs(names))
    x = torch.randn(2, 5, 12)
    expected = theirs(x, src_key_padding_mask=~PADDING)
    torch.testing.assert_close(mine(x, PADDING[:, None]), expected, atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize("norm_first", [False, True])
def test_a_decoder_block_is_torchs_layer(norm_first: bool) -> None:
    mine = shaken(DecoderBlock(12, 3, 20, norm_first=norm_first))
    theirs = nn.TransformerDecoderLayer(
        12, 3, 20, dropout=0.0, activation="gelu", batch_first=True, norm_first=norm_first
    )
    names = {"norm1": mine.self_attention_norm, "norm2": mine.cross_attention_norm, "norm3": mine.feed_forward_norm}
    names |= {"linear1": mine.feed_forward.expand, "linear2": mine.feed_forward.contract}
    attentions = attention_state(mine.self_attention, "self_attn")
    attentions |= attention_state(mine.cross_attention, "multihead_attn")
    theirs.load_state_dict(attentions | pairs(names))
    x, memory, causal = torch.randn(2, 4, 12), torch.randn(2, 5, 12), torch.ones(4, 4, dtype=torch.bool).tril()
    expected = theirs(x, memory, tgt_mask=~causal, memory_key_padding_mask=~PADDING)
    torch.testing.assert_close(mine(x, memory, causal, PADDING[:, None]), expected, atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize("norm_first", [False, True])
def test_the_encoder_has_the_names_and_numbers_of_the_stand_in(norm_first: bool) -> None:
    mine = shaken(Encoder(2, 12, 3, 20, norm_first=norm_first, eps=1e-3))
    theirs = standin("06_transformer", "Encoder")(2, 12, 3, 20, norm_first=norm_first, eps=1e-3)
    theirs.load_state_dict(mine.state_dict())
    x = torch.randn(2, 5, 12)
    torch.testing.assert_close(mine(x, PADDING[:, None]), theirs(x, PADDING[:, None]), atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize("tied", [True, False])
def test_the_count_is_that_of_a_built_gpt2(tied: bool) -> None:
    config = GPT2Config(
        n_layer=2, n_embd=24, n_head=3, n_inner=50, vocab_size=37, n_positions=19, tie_word_embeddings=tied
    )
    built = sum(p.numel() for p in GPT2LMHeadModel(config).parameters())
    assert WORKBENCH.solution("count_parameters")(2, 24, 50, 37, 19, tied=tied) == built


def test_sampling_draws_each_token_as_often_as_its_probability_says() -> None:
    logits = torch.tensor([0.5, -1.0, 2.0, 1.0])
    drawn = torch.tensor([WORKBENCH.solution("sample_token")(logits, (i + 0.5) / 2000) for i in range(2000)])
    torch.testing.assert_close(torch.bincount(drawn) / 2000, torch.softmax(logits, 0), atol=1e-3, rtol=0)


@pytest.mark.parametrize("sizes", [[7], [1] * 7, [3, 1, 2, 1], [2, 5]])
def test_attention_in_pieces_is_attention_in_one_go(sizes: list[int]) -> None:
    torch.manual_seed(1)
    pieces = WORKBENCH.solution("CachedAttention")(12, 3)
    whole = standin("05_attention", "MultiHeadAttention")(12, 3)
    whole.load_state_dict(pieces.state_dict())
    x = torch.randn(2, 7, 12)
    expected, _ = whole(x, x, x, torch.ones(7, 7, dtype=torch.bool).tril())
    cache, heard = None, []
    for piece in x.split(sizes, dim=1):
        output, cache = pieces(piece, cache)
        heard.append(output)
    torch.testing.assert_close(torch.cat(heard, dim=1), expected, atol=1e-5, rtol=1e-4)
