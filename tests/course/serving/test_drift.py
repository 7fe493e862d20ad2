"""The population stability index, and what watches the inputs with it."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.serving.drift import ACT, LOOK, DriftMonitor, reference_of, stability_index
from tests.course.serving.conftest import FakeClassifier


def test_by_hand() -> None:
    # (0.5 - 0.25) ln(0.5 / 0.25) + (0.5 - 0.75) ln(0.5 / 0.75)
    expected = 0.25 * math.log(2) - 0.25 * math.log(2 / 3)
    assert stability_index([10, 10], [5, 15], smoothing=0) == pytest.approx(expected)
    assert stability_index([1, 0], [0, 1], smoothing=0) == math.inf


counts = st.lists(st.integers(0, 1000), min_size=4, max_size=4).filter(any)


@given(counts, counts, st.integers(2, 9))
def test_it_is_symmetric_never_negative_and_zero_for_the_same(one: list[int], other: list[int], times: int) -> None:
    value = stability_index(one, other)
    assert value >= 0
    assert value == pytest.approx(stability_index(other, one))
    assert stability_index(one, one) == 0
    scaled = stability_index(one, [count * times for count in one], smoothing=0) if all(one) else 0
    assert scaled == pytest.approx(0, abs=1e-12), "how many were counted does not matter"


@pytest.mark.parametrize("rows", [([], []), ([1], [1, 2]), ([0, 0], [1, 1]), ([1, 1], [0, 0]), ([-1, 2], [1, 1])])
def test_what_cannot_be_compared_is_refused(rows: tuple[list[float], list[float]]) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        stability_index(*rows)


def test_the_same_kind_of_text_is_quiet_and_another_kind_is_not() -> None:
    predict = FakeClassifier().predict
    reference = reference_of(predict(["x" * (1 + n % 40) for n in range(400)]))
    reference = json.loads(json.dumps(reference))
    assert sum(reference["tokens"]["counts"]) == 400
    assert max(reference["tokens"]["counts"]) <= 60, "about as many in each bin"
    same, other = DriftMonitor(reference), DriftMonitor(reference, window=100)
    same.add(predict(["x" * (1 + n * 7 % 40) for n in range(99)]))
    assert same.scores() == {}
    same.add(predict(["x" * (1 + n * 7 % 40) for n in range(300)]))
    assert max(same.scores().values()) < LOOK
    other.add(predict(["x" * (1 + n % 40) for n in range(100)]))
    assert max(other.scores().values()) < LOOK
    other.add(predict(["x" * 50 for _ in range(100)]))
    assert other.scores()["tokens"] > ACT, "the window holds the newest alone"
    assert other.scores()["probability"] > ACT


def test_a_reference_needs_texts_and_bins() -> None:
    with pytest.raises(ValueError, match="two bins"):
        reference_of([])
    with pytest.raises(ValueError, match="two bins"):
        reference_of(FakeClassifier().predict(["a"]), bins=1)
    alike = reference_of(FakeClassifier().predict(["a"] * 20))
    assert sum(alike["tokens"]["counts"]) == 20
