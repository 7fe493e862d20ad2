"""The sampling explorer: its cuts against transformers' own, its draws against shares, and its picture."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET

import pytest
import torch

from course.visualizers import sampling_explorer
from course.visualizers.arrays import PictureError
from course.visualizers.sampling import MAX_TOKENS, ROWS, sampled
from tests.course.visualizers.fits import sticking_out

SETTINGS = [(1.0, 0, 1.0), (0.3, 0, 1.0), (2.5, 7, 1.0), (1.0, 0, 0.6), (0.8, 12, 0.35), (1.7, 3, 0.9), (1.0, 1, 0.05)]


def drawn(size: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(size, generator=torch.Generator().manual_seed(seed), dtype=torch.float64) * 2


@pytest.mark.parametrize(("temperature", "top_k", "top_p"), SETTINGS)
@pytest.mark.parametrize("size", [1, 5, 400])
def test_what_stays_is_what_transformers_keeps(temperature: float, top_k: int, top_p: float, size: int) -> None:
    from transformers import TemperatureLogitsWarper, TopKLogitsWarper, TopPLogitsWarper

    logits = drawn(size)
    scores = TemperatureLogitsWarper(temperature)(None, logits[None])
    if top_k:
        scores = TopKLogitsWarper(top_k)(None, scores)
    if top_p < 1:
        scores = TopPLogitsWarper(top_p)(None, scores)
    expected = torch.softmax(scores[0], dim=-1)
    explorer = sampling_explorer(logits, temperature=temperature, top_k=top_k, top_p=top_p)
    assert explorer.compute() == pytest.approx(expected.tolist())
    assert sum(explorer.compute()) == pytest.approx(1)


def test_the_token_that_crosses_the_line_is_kept() -> None:
    logits = [math.log(p) for p in (0.5, 0.25, 0.15, 0.1)]
    kept = {p: sampled(logits, 1, 0, p, 0).kept for p in (0.3, 0.5, 0.6, 0.75, 0.76, 1.0)}
    assert kept == {0.3: 1, 0.5: 1, 0.6: 2, 0.75: 2, 0.76: 3, 1.0: 4}


def test_evenly_spread_numbers_pick_tokens_by_their_shares() -> None:
    explorer = sampling_explorer(drawn(9), [f"t{i}" for i in range(9)], top_k=6)
    picked = []
    for step in range(1000):
        explorer.draw = step / 1001
        picked.append(explorer.choice)
    for token, share in zip([f"t{i}" for i in range(9)], explorer.compute(), strict=True):
        assert picked.count(token) / 1000 == pytest.approx(share, abs=2e-3)


def test_logits_of_a_thousand_do_no_harm_and_forbidden_tokens_stay_out() -> None:
    explorer = sampling_explorer([1000.0, -math.inf, 999.0, -1000.0], list("abcd"))
    assert explorer.compute() == pytest.approx([0.7310586, 0.0, 0.2689414, 0.0])
    assert explorer.tokens == ["a", "c", "d"]
    assert "3 of 4 tokens stay" in str(explorer.static())


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"logits": []}, "logits must hold 1 to"),
        ({"logits": [0.0] * (MAX_TOKENS + 1)}, "logits must hold 1 to"),
        ({"logits": [[1.0, 2.0]]}, "one row of numbers"),
        ({"logits": "ab"}, "one row of numbers"),
        ({"logits": [1.0, 2.0], "tokens": ["a"]}, "2 logits and 1 tokens"),
        ({"logits": [math.nan, 1.0]}, "look for the NaN"),
        ({"logits": [-math.inf]}, "at least one of them finite"),
        ({"temperature": 0}, "temperature must be a number from 0.1 to 4"),
        ({"top_k": -1}, "top_k must be a whole number"),
        ({"top_k": 2.5}, "top_k must be a whole number"),
        ({"top_p": 1.2}, "top_p must be a number from 0.01 to 1"),
        ({"top_p": True}, "top_p must be a number"),
        ({"draw": 1.0}, "draw must be a number from 0 to 0.999"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(arguments: dict[str, object], sentence: str) -> None:
    with pytest.raises(PictureError, match=sentence):
        sampling_explorer(**arguments)


def test_the_picture_is_deterministic_and_states_its_numbers() -> None:
    explorer = sampling_explorer(top_p=0.6, draw=0.42)
    svg = str(explorer.static())
    assert svg == str(sampling_explorer(top_p=0.6, draw=0.42).static())
    said = " ".join(ET.fromstring(svg).itertext())
    assert "3 of 16 tokens stay, with 71.4 % of the probability." in said
    assert "u = 0.42 picks “mat” (52.5 %)." in said
    assert "top-k off · top-p 0.60" in said
    assert " id=" not in svg


@pytest.mark.parametrize("size", [1, 3, ROWS, 3000])
@pytest.mark.parametrize("draw", [0.0, 0.5, 0.999])
@pytest.mark.parametrize("temperature", [0.1, 4.0])
def test_the_picture_fits_its_frame(size: int, draw: float, temperature: float) -> None:
    tokens = [f"a rather long label of token {i}" for i in range(size)]
    explorer = sampling_explorer(
        drawn(size), tokens, context="a long context " * 20, draw=draw, temperature=temperature
    )
    assert sticking_out(explorer.static()) == []
