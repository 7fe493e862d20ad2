"""The near-duplicate explorer: its numbers by hand and by statistics, its picture, and what it refuses."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import numpy as np
import pytest

from course.visualizers import near_duplicate_explorer
from course.visualizers.arrays import PictureError
from course.visualizers.near_duplicates import EXAMPLES, MAX_HASHES, SIZES, compare


def test_banana_and_bandana_by_hand() -> None:
    found = compare("banana", "bandana", 2)
    assert (found.common, found.together, found.jaccard) == (3, 5, 0.6)
    # b|a|n|a|n|a: every shingle of banana is in bandana; in bandana nd and da are its own
    assert found.shared[0] == (1.0,) * 6
    assert found.shared[1] == (1.0, 1.0, 0.5, 0.0, 0.5, 1.0, 1.0)


def test_short_and_equal_texts() -> None:
    assert compare("Ok", "ok", 5).jaccard == 1.0
    assert compare("Ok", "ok", 5).shared == ((1.0, 1.0), (1.0, 1.0))
    assert all(compare("the same", "The Same", 3).agrees)
    assert not any(compare("abcdef", "uvwxyz", 3).agrees)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("pair", range(len(EXAMPLES)))
def test_the_estimate_ends_within_four_errors(pair: int, size: int) -> None:
    found = compare(*EXAMPLES[pair][1:], size)
    assert abs(found.estimates()[-1] - found.jaccard) <= 4 * found.error(MAX_HASHES) + 1e-9
    assert np.allclose(found.estimates(), np.cumsum(found.agrees) / np.arange(1, MAX_HASHES + 1))


def test_the_browser_gets_the_numbers_that_python_computes() -> None:
    explorer = near_duplicate_explorer("A funny film.", "A funny tale.")
    view = explorer.payload()["pairs"][0]["views"]["5"]
    found = explorer.compute()
    assert (view["common"], view["together"]) == (found.common, found.together)
    assert view["agrees"] == "".join("01"[same] for same in found.agrees)
    assert np.allclose(view["shared"][0], found.shared[0], atol=1e-3)


def test_the_picture_says_what_it_shows() -> None:
    explorer = near_duplicate_explorer(size=4, hashes=100)
    for pair in range(len(EXAMPLES)):
        explorer.pair = pair
        picture = explorer.static()
        found = explorer.compute()
        words = " ".join(node.text or "" for node in ET.fromstring(picture.svg).iter())
        assert f"{found.common} of {found.together} shingles are common" in words
        assert f"100 hash functions say {found.estimates()[99]:.3f}" in words
        assert explorer.static().svg == picture.svg


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: near_duplicate_explorer("one"), "two texts, or none"),
        (lambda: near_duplicate_explorer("", "b"), "1 to 160"),
        (lambda: near_duplicate_explorer("a", "b" * 161), "1 to 160"),
        (lambda: near_duplicate_explorer(size=7), "one of 1, 2, 3"),
        (lambda: near_duplicate_explorer(hashes=0), "from 1 to 256"),
        (lambda: near_duplicate_explorer(hashes=1.5), "whole number"),  # type: ignore[arg-type]
        (lambda: setattr(near_duplicate_explorer("a", "b"), "pair", 1), "from 0 to 0"),
    ],
)
def test_what_is_not_allowed_is_told_in_a_sentence(make: Any, says: str) -> None:
    with pytest.raises(PictureError, match=says):
        make()
