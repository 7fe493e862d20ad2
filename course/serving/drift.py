"""Have the inputs changed since the model was made? Distributions then and now, compared by one number.

The population stability index of two distributions p and q over the same bins is Σ (p_i − q_i) · ln(p_i / q_i), which
is 0 if they are equal and never negative (the sum of the two Kullback–Leibler divergences; Jeffreys, 1946; Siddiqi,
2006, *Credit Risk Scorecards*). Customary readings: below 0.1 nothing, 0.1 to 0.25 look, above act.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.serving.predictor import Prediction

LOOK, ACT = 0.1, 0.25


def stability_index(expected: Sequence[float], observed: Sequence[float], *, smoothing: float = 0.5) -> float:
    """The population stability index of two rows of counts over the same bins.

    Args:
        expected: counts at training time, a number for each bin.
        observed: counts now.
        smoothing: added to each count, so that an empty bin has no infinite logarithm.

    Raises:
        ValueError: for rows of different length, an empty row, a negative count, or nothing counted in a row.
    """
    if len(expected) != len(observed) or not expected:
        raise ValueError(f"Two rows of counts over the same bins are needed, not {len(expected)} and {len(observed)}.")
    if min(*expected, *observed) < 0 or sum(expected) <= 0 or sum(observed) <= 0:
        raise ValueError("Counts must not be negative, and something must have been counted in either row.")
    p, q = ([(count + smoothing) / (sum(row) + smoothing * len(row)) for count in row] for row in (expected, observed))
    if min(*p, *q) == 0:
        return math.inf
    return sum((a - b) * math.log(a / b) for a, b in zip(p, q, strict=True))


def _features(answers: Sequence[Prediction]) -> dict[str, list[float]]:
    """What is watched: how long texts are, and how the answers are distributed (the last label's probability)."""
    return {
        "tokens": [float(answer["tokens"]) for answer in answers],
        "probability": [list(answer["probabilities"].values())[-1] for answer in answers],
    }


def _counts(values: Sequence[float], edges: Sequence[float]) -> list[int]:
    counts = [0] * (len(edges) + 1)
    for value in values:
        counts[bisect_right(edges, value)] += 1
    return counts


def reference_of(answers: Sequence[Prediction], *, bins: int = 8) -> dict[str, Any]:
    """Edges of bins and counts of each feature on reference texts: as many in each bin, as far as ties allow.

    Returns:
        ``{feature: {"edges": [...], "counts": [...]}}``: plain data. A value on an edge belongs to the bin above it.

    Raises:
        ValueError: without an answer, or for fewer than two bins.
    """
    if not answers or bins < 2:
        raise ValueError("At least one answer and two bins are needed.")
    reference = {}
    for feature, values in _features(answers).items():
        ordered = sorted(values)
        edges = sorted({ordered[len(ordered) * number // bins] for number in range(1, bins)})
        reference[feature] = {"edges": edges, "counts": _counts(values, edges)}
    return reference


class DriftMonitor:
    """Compares the newest requests with a reference.

    Args:
        reference: what :func:`reference_of` gives; kept beside the model as ``reference.json``.
        window: the newest so many texts are compared.
        at_least: fewer texts than this give no score.
    """

    def __init__(self, reference: dict[str, Any], *, window: int = 500, at_least: int = 100) -> None:
        self._reference = reference
        self._newest: dict[str, deque[float]] = {feature: deque(maxlen=window) for feature in reference}
        self._at_least = at_least

    def add(self, answers: Sequence[Prediction]) -> None:
        """Take note of answered texts."""
        for feature, values in _features(answers).items():
            if feature in self._newest:
                self._newest[feature].extend(values)

    def scores(self) -> dict[str, float]:
        """``{feature: stability index}``; empty while fewer than ``at_least`` texts have come."""
        return {
            feature: stability_index(kept["counts"], _counts(self._newest[feature], kept["edges"]))
            for feature, kept in self._reference.items()
            if len(self._newest[feature]) >= self._at_least
        }
