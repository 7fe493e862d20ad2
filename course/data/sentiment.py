"""Reviews with labels, in three sets that share no text: what lesson 8 trains, tunes and tests on.

A label is the sign of the mean rating; snippets near zero have none and are left out. Unlike
:func:`course.data.prepare`, nothing is thrown away but texts that occur twice, and the single ratings stay with each
row, so that errors can be looked at beside the disagreement of the raters.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache
from typing import TypedDict

from course.data.pipeline import connected, plain_text, similar_pairs, well_read

#: A mean rating nearer to zero than this gives no label.
NEUTRAL = 0.5
#: From this similarity on (Jaccard's index of 5-character shingles) two snippets stand in the same set.
ALIKE = 0.6


class LabelledReview(TypedDict):
    """A snippet; ``label`` is 1 (positive) or 0 (negative), ``ratings`` are single people's, from -4 to 4."""

    text: str
    label: int
    rating: float
    ratings: list[int]


@dataclass(frozen=True)
class Split:
    """Three sets of rows, each in random order, so that the first rows of a set are a sample of it."""

    train: tuple[LabelledReview, ...]
    validation: tuple[LabelledReview, ...]
    test: tuple[LabelledReview, ...]


@lru_cache(maxsize=4)
def sentiment_split(domain: str = "movies", seed: int = 0) -> Split:
    """The labelled snippets of one domain: 15 % for validation, 20 % for the test, the rest to train on.

    No text stands in two sets, nor do two texts that are nearly the same: groups of texts that are alike go into one
    set whole. (In the movies there are a handful; in other collections this is where test scores are made.)

    Args:
        domain: one of :data:`course.resources.DOMAINS`; "movies" gives 10,041 rows.
        seed: of the split. The same seed gives the same rows on every machine.

    Raises:
        ResourceError: for an unknown domain, or if the reviews cannot be had.
    """
    from course.resources import load_reviews

    rows: dict[str, LabelledReview] = {}
    for row in load_reviews(domain):
        text = plain_text(well_read(row["text"]))
        if abs(row["rating"]) > NEUTRAL:
            label = int(row["rating"] > 0)
            rows.setdefault(text, {"text": text, "label": label, "rating": row["rating"], "ratings": row["ratings"]})
    kept = list(rows.values())
    groups: dict[int, list[LabelledReview]] = {}
    numbers = connected(len(kept), similar_pairs([row["text"] for row in kept], ALIKE))
    for number, review in zip(numbers, kept, strict=True):
        groups.setdefault(number, []).append(review)
    order = list(groups.values())
    rng = random.Random(seed)
    rng.shuffle(order)
    test, rest = _filled(order, len(kept) * 20 // 100)
    validation, train = _filled(rest, len(kept) * 15 // 100)
    return Split(_rows(train), _rows(validation), _rows(test))


def _filled(
    groups: list[list[LabelledReview]], size: int
) -> tuple[list[list[LabelledReview]], list[list[LabelledReview]]]:
    """Groups from the front until ``size`` rows are reached, and the groups that are left."""
    count = 0
    for place, group in enumerate(groups):
        if count >= size:
            return groups[:place], groups[place:]
        count += len(group)
    return groups, []


def _rows(groups: list[list[LabelledReview]]) -> tuple[LabelledReview, ...]:
    return tuple(row for group in groups for row in group)
