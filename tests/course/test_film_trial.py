"""What the cases of label_films ask of an answer: the same twice, and whatever the company."""

from __future__ import annotations

from typing import Any

import torch

from course.film_trial import same_in_company, same_twice


def _by_word(texts: list[str]) -> dict[str, list[int]]:
    good = [place for place, text in enumerate(texts) if "good" in text]
    return {"positive": good, "negative": [place for place in range(len(texts)) if place not in good]}


def _at_random(texts: list[str]) -> dict[str, list[int]]:
    drawn = torch.rand(len(texts)) < 0.5
    return {kind: torch.nonzero(drawn == (kind == "positive")).flatten().tolist() for kind in ("positive", "negative")}


def _by_length(texts: list[str]) -> dict[str, list[int]]:
    longest = max(7, *map(len, texts))
    return {"positive": [place for place, text in enumerate(texts) if len(text) == longest], "negative": []}


def _no_dict(texts: list[str]) -> list[int]:
    return [0] * len(texts)


def test_a_steady_answer_is_the_same_twice_and_in_company() -> None:
    texts = ["good", "bad", "so good"]
    for answer in (_by_word, _no_dict):
        steady: Any = answer
        assert same_twice(steady, texts)
        assert same_in_company(steady, texts, "a longer one that is good")


def test_chance_shows_and_company_shows() -> None:
    texts = [f"text {n}" for n in range(30)]
    assert not same_twice(_at_random, texts)
    assert not same_in_company(_by_length, texts, "much longer than each of the other texts")
    assert same_in_company(_by_length, texts, "short")
    assert same_in_company(_by_word, texts, "a good one", group=7)
