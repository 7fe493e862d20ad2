"""Labelled reviews in three sets: labels by the ratings, no text on two sides, the same for the same seed."""

from __future__ import annotations

import pytest

from course.data import sentiment_split
from course.data.pipeline import shingle_similarity
from course.data.sentiment import ALIKE, NEUTRAL
from course.resources.registry import ResourceError


@pytest.mark.parametrize("domain", ["movies", "products"])
def test_no_text_stands_in_two_sets_and_labels_are_signs(domain: str) -> None:
    split = sentiment_split(domain)
    texts = [{row["text"] for row in part} for part in (split.train, split.validation, split.test)]
    rows = [*split.train, *split.validation, *split.test]
    assert len(set.union(*texts)) == sum(map(len, texts)) == len(rows)
    assert all(abs(row["rating"]) > NEUTRAL and row["label"] == (row["rating"] > 0) for row in rows)
    assert all(row["ratings"] for row in rows)
    assert len(split.test) == pytest.approx(len(rows) * 0.2, abs=3)
    assert len(split.validation) == pytest.approx(len(rows) * 0.15, abs=3)


def test_texts_that_are_nearly_the_same_stand_in_one_set() -> None:
    split = sentiment_split("movies")
    pairs = [
        ("One of the best movies of the year.", "One of the worst movies of the year."),
        ("A small movie with a big impact.", "A small movie with a big heart."),
    ]
    for one, other in pairs:
        assert shingle_similarity(one, other) >= ALIKE
        places = [
            {name for name in ("train", "validation", "test") if any(r["text"] == t for r in getattr(split, name))}
            for t in (one, other)
        ]
        assert places[0] == places[1] != set()


def test_another_seed_gives_another_split() -> None:
    assert sentiment_split("products", 1).test != sentiment_split("products").test
    assert sentiment_split("products", 1) == sentiment_split("products", 1)


def test_an_unknown_domain_is_said_in_a_sentence() -> None:
    with pytest.raises(ResourceError, match="choose one of"):
        sentiment_split("songs")
