"""Have the inputs changed since the model was made? Distributions then and now, compared by one number.

The population stability index of two distributions p and q over the same bins is Σ (p_i − q_i) · ln(p_i / q_i), which is
0 if they are equal and never negative (the sum of the two Kullback–Leibler divergences; Jeffreys, 1946; Siddiqi, 2006,
*Credit Risk Scorecards*). Customary readings: below 0.1 nothing, 0.1 to 0.25 look, above act.
"""

from __future__ import annotations

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
    raise NotImplementedError


class DriftMonitor:
    """Compares the newest requests with a reference: token counts, truncation and the answers' probabilities.

    Args:
        reference: what :func:`reference_of` gives; plain data, kept beside the model as ``reference.json``.
        window: the newest so many texts are compared.
        at_least: fewer texts than this give no score.
    """

    def __init__(self, reference: dict[str, Any], *, window: int = 500, at_least: int = 100) -> None:
        raise NotImplementedError

    def add(self, answers: Sequence[Prediction]) -> None:
        """Take note of answered texts."""
        raise NotImplementedError

    def scores(self) -> dict[str, float]:
        """``{feature: stability index}``; empty while fewer than ``at_least`` texts have come."""
        raise NotImplementedError


def reference_of(answers: Sequence[Prediction], *, bins: int = 8) -> dict[str, Any]:
    """Bins and counts of each feature on reference texts: as many in each bin, as far as ties allow."""
    raise NotImplementedError
