"""Lesson 9's solutions against libraries, the course's own service, and the properties claimed for them."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.parser import text_string_to_metric_families
from pydantic import ValidationError

from autograder.build.builder import LessonSource, read_source
from course.serving.drift import stability_index
from course.serving.trials import ScriptedService, answered, batches
from course.visualizers.batching import percentile, simulate

SOURCE: LessonSource = read_source("09_serving")
LESSON = SimpleNamespace(**{e.name: SOURCE.workbench.solution(e.name) for e in SOURCE.lesson.exercises})

# No weight is so near to 0 that a 127th of it has fewer digits than a float32 (subnormal numbers).
_finite = st.floats(-1e3, 1e3, allow_nan=False, width=32).map(lambda value: value if abs(value) > 1e-30 else 0.0)


@given(
    st.lists(st.integers(1, 60), min_size=1, max_size=12),
    st.integers(1, 6),
    st.sampled_from([0, 40, 110]),
    st.sampled_from([5, 70]),
)
def test_batches_are_those_of_the_simulation(gaps: list[int], size: int, wait: int, busy: int) -> None:
    # Times that never meet: an arrival, the end of a wait and the end of a batch fall on different milliseconds.
    moments = [float(sum(gaps[: place + 1])) * 10 for place in range(len(gaps))]
    offset = [moment + 1 for moment in moments]
    served = simulate(
        offset, base_ms=10.0 * busy + 3, per_item_ms=0.0, max_wait_ms=10.0 * wait + 5, max_batch_size=size
    )
    expected: dict[int, list[str]] = {}
    for place, request in enumerate(served):
        expected.setdefault(request.batch, []).append(str(place))
    tried = batches(
        LESSON.next_batch, [(moment / 1000, str(place)) for place, moment in enumerate(offset)], size,
        (10 * wait + 5) / 1000, busy=(10 * busy + 3) / 1000,
    )  # fmt: skip
    assert [batch for _, batch in tried["batches"]] == list(expected.values())
    assert tried["ended"] == "all served"


@given(st.lists(st.floats(0.001, 10), min_size=1, max_size=300))
def test_percentiles_are_numpys_inverted_cdf_and_the_visualizers(latencies: list[float]) -> None:
    due = [float(place) for place in range(len(latencies))]
    finished = [begin + latency for begin, latency in zip(due, latencies, strict=True)]
    summary = LESSON.latency_summary(due, due, finished)
    measured = [1000 * (end - begin) for begin, end in zip(due, finished, strict=True)]
    for percent in (50, 95, 99):
        assert summary[f"p{percent}"] == np.percentile(measured, percent, method="inverted_cdf")
        assert summary[f"p{percent}"] == percentile(measured, percent)


@given(st.lists(st.lists(_finite, min_size=3, max_size=3), min_size=1, max_size=5))
def test_no_weight_moves_by_more_than_half_a_scale(rows: list[list[float]]) -> None:
    weight = torch.tensor(rows)
    codes, scales = LESSON.quantize(weight)
    assert codes.dtype == torch.int8
    assert int(codes.abs().max()) <= 127
    assert bool(((codes * scales[:, None] - weight).abs() <= scales[:, None] * 0.5001).all())


def test_the_rounded_weights_are_those_of_torchs_own_imitation() -> None:
    weight = torch.randn(6, 40, generator=torch.Generator().manual_seed(1))
    codes, scales = LESSON.quantize(weight)
    zero = torch.zeros(6, dtype=torch.int32)
    theirs = torch.fake_quantize_per_channel_affine(weight, scales, zero, 0, -127, 127)
    assert torch.allclose(codes * scales[:, None], theirs, rtol=1e-6, atol=0)


@given(st.integers(1, 4), st.integers(1, 300), st.integers(1, 4), st.integers(0, 1000))
def test_whole_numbers_give_what_the_dequantized_layer_gives(batch: int, d_in: int, d_out: int, seed: int) -> None:
    generator = torch.Generator().manual_seed(seed)
    x, weight = torch.randn(batch, d_in, generator=generator), torch.randn(d_out, d_in, generator=generator)
    bias = torch.randn(d_out, generator=generator)
    (x_codes, x_scales), (codes, scales) = LESSON.quantize(x), LESSON.quantize(weight)
    slow = (x_codes * x_scales[:, None]).double() @ (codes * scales[:, None]).double().T + bias
    assert torch.allclose(LESSON.int8_linear(x, codes, scales, bias).double(), slow, rtol=1e-4, atol=1e-4)


@given(st.lists(st.floats(0, 3), max_size=30), st.sets(st.sampled_from([0.01, 0.1, 0.25, 0.5, 1.0, 2.5]), min_size=1))
def test_histograms_are_those_of_the_client_library(values: list[float], bounds: set[float]) -> None:
    registry = CollectorRegistry()
    theirs = Histogram("wait_seconds", "Time, in seconds.", buckets=sorted(bounds), registry=registry)
    for value in values:
        theirs.observe(value)

    def read(text: str) -> dict[Any, float]:
        return {
            (sample.name, sample.labels.get("le") and float(sample.labels["le"])): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
            if not sample.name.endswith("_created")
        }

    mine = read(LESSON.histogram_text("wait_seconds", "Time, in seconds.", sorted(bounds), values))
    expected = read(generate_latest(registry).decode())
    assert mine.keys() == expected.keys()
    assert all(math.isclose(mine[key], expected[key], abs_tol=1e-9) for key in mine)


@given(
    st.lists(st.integers(0, 9), min_size=1, max_size=40),
    st.lists(st.integers(0, 9), min_size=1, max_size=40),
    st.sets(st.integers(0, 9), min_size=1, max_size=6),
)
def test_drift_is_the_courses_stability_index(one: list[int], other: list[int], bounds: set[int]) -> None:
    edges = sorted(bounds)
    counts = [
        [sum(sum(edge < value for edge in edges) == place for value in sample) for place in range(len(edges) + 1)]
        for sample in (one, other)
    ]
    score = LESSON.drift_score(list(map(float, one)), list(map(float, other)), list(map(float, edges)))
    assert score == pytest.approx(stability_index(*counts), abs=1e-12)
    assert score >= 0


# Four control characters are white space to Python and not to Unicode, by which pydantic goes.
@given(st.lists(st.text(st.characters(exclude_characters="\x1c\x1d\x1e\x1f"), max_size=12), max_size=40))
def test_requests_are_accepted_exactly_within_the_limits(texts: list[str]) -> None:
    within = 1 <= len(texts) <= 32 and all(text.strip() for text in texts)
    try:
        accepted = LESSON.ClassifyRequest.model_validate({"texts": texts}).texts
    except ValidationError:
        assert not within
    else:
        assert within
        assert [text.strip() for text in accepted] == accepted


def test_what_json_can_hold_and_a_tokenizer_cannot_is_refused_in_the_agreed_form() -> None:
    seen = answered(LESSON.create_app, [("POST", "/classify", '{"texts": ["\\ud800"]}')])
    assert seen["answers"] == [(422, {"code": "invalid_request", "sentence": True, "retry": None, "gives away": False})]


def test_the_application_documents_its_limits() -> None:
    document = LESSON.create_app(ScriptedService()).openapi()
    texts = document["components"]["schemas"]["ClassifyRequest"]["properties"]["texts"]
    assert texts["maxItems"] == 32
    assert texts["items"]["maxLength"] == 5000


def test_a_predictor_does_not_care_about_company() -> None:
    from course.serving.trials import predicted

    texts = ["Good.", "A film about a film about a film.", "bad", "Not good, and not bad either, all in all."]
    together = predicted(LESSON.Predictor, texts)["predictions"]
    for text, said in zip(texts, together, strict=True):
        (alone,) = predicted(LESSON.Predictor, [text])["predictions"]
        assert alone["label"] == said["label"]
        assert alone["probability"] == pytest.approx(said["probability"], abs=1e-5)
