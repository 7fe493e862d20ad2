"""Lesson 8's second half: measures against scikit-learn, LoRA against peft, and what its texts and films promise."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import confusion_matrix, f1_score, precision_recall_fscore_support
from torch import nn

from autograder.build.builder import LessonSource, read_source
from course.checking.key import visible_key
from course.data.films import film_snippets
from course.lora_trial import corrected, merged
from course.visualizers.reliability import calibration

SOURCE: LessonSource = read_source("08_fine_tuning")
NAMES = {
    "confusion_matrix", "classification_scores", "bootstrap_interval", "calibration_error", "fit_temperature",
    "LoRALinear", "label_films",
}  # fmt: skip
LESSON = SimpleNamespace(**{e.name: SOURCE.workbench.solution(e.name) for e in SOURCE.lesson.exercises})
PAIRS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40)


def test_all_of_its_exercises_are_there() -> None:
    assert {exercise.name for exercise in SOURCE.lesson.exercises} >= NAMES


@given(PAIRS)
def test_the_matrix_and_the_scores_are_scikit_learns(pairs: list[tuple[int, int]]) -> None:
    truth, predicted = [one for one, _ in pairs], [other for _, other in pairs]
    matrix = LESSON.confusion_matrix(truth, predicted, 4)
    assert matrix.tolist() == confusion_matrix(truth, predicted, labels=range(4)).tolist()
    scores = LESSON.classification_scores(matrix)
    columns: Any = precision_recall_fscore_support(truth, predicted, labels=range(4), zero_division=0)
    for name, expected in zip(("precision", "recall", "f1"), columns, strict=False):
        assert scores[name] == pytest.approx(expected.tolist())
    for kind in ("macro", "micro"):
        reference = f1_score(truth, predicted, labels=range(4), average=kind, zero_division=0)
        assert scores[f"{kind}_f1"] == pytest.approx(reference)
    assert scores["micro_f1"] == pytest.approx(scores["accuracy"])


@given(st.floats(0.1, 0.99), st.integers(8, 30))
def test_an_interval_holds_its_level_and_moves_with_the_values(level: float, n: int) -> None:
    generator = torch.Generator().manual_seed(n)
    values = torch.randn(n, generator=generator, dtype=torch.float64)
    draws = torch.randint(n, (200, n), generator=generator)
    low, high = LESSON.bootstrap_interval(values, draws, level)
    means = values[draws].mean(dim=1)
    inside = ((means >= low) & (means <= high)).double().mean().item()
    assert abs(inside - level) < 0.03
    moved = LESSON.bootstrap_interval(values * 2 + 1, draws, level)
    assert moved == pytest.approx((2 * low + 1, 2 * high + 1))


def test_four_times_as_many_snippets_halve_the_width() -> None:
    def width(n: int) -> float:
        generator = torch.Generator().manual_seed(0)
        values = (torch.rand(n, generator=generator) < 0.8).double()
        low, high = LESSON.bootstrap_interval(values, torch.randint(n, (2000, n), generator=generator))
        return float(high - low)

    assert width(2000) / width(500) == pytest.approx(0.5, rel=0.15)


@given(st.integers(0, 1000), st.integers(1, 20))
def test_calibration_is_that_of_the_picture(seed: int, bins: int) -> None:
    generator = torch.Generator().manual_seed(seed)
    logits = torch.randn(50, 3, generator=generator, dtype=torch.float64) * 2
    labels = torch.randint(3, (50,), generator=generator)
    confidence, answers = torch.softmax(logits, dim=1).max(dim=1)
    expected = calibration(logits.numpy(), labels.numpy(), bins).expected_calibration_error
    assert LESSON.calibration_error(confidence, answers == labels, bins) == pytest.approx(expected, abs=1e-9)


@settings(max_examples=20)
@given(st.integers(0, 1000), st.floats(0.3, 4.0))
def test_scaled_logits_have_a_scaled_temperature_and_no_smaller_loss_nearby(seed: int, factor: float) -> None:
    generator = torch.Generator().manual_seed(seed)
    logits = torch.randn(200, 3, generator=generator, dtype=torch.float64) * 2
    labels = torch.multinomial(torch.softmax(logits / 1.5, dim=1), 1, generator=generator).squeeze(1)
    best = LESSON.fit_temperature(logits, labels)
    assert LESSON.fit_temperature(logits * factor, labels) == pytest.approx(best * factor, rel=0.01)

    def loss(temperature: float) -> float:
        return nn.functional.cross_entropy(logits / temperature, labels).item()

    assert loss(best) <= min(loss(best * 1.02), loss(best / 1.02))


def test_the_examples_by_hand() -> None:
    matrix = LESSON.confusion_matrix([1, 1, 0, 0, 0], [1, 0, 0, 0, 1], 2)
    assert matrix.tolist() == [[2, 1], [1, 1]]
    scores = LESSON.classification_scores(matrix)
    assert scores["f1"] == pytest.approx([2 / 3, 1 / 2])
    assert (scores["macro_f1"], scores["micro_f1"]) == pytest.approx((7 / 12, 3 / 5))
    draws = torch.tensor([[0, 1, 2, 3], [0, 0, 2, 2], [1, 1, 3, 0], [2, 2, 2, 1]])
    values = torch.tensor([1.0, 1.0, 0.0, 1.0])
    assert LESSON.bootstrap_interval(values, draws, 0.5) == pytest.approx((0.4375, 0.8125))
    confidence, correct = torch.tensor([0.4, 0.6, 0.9, 1.0]), torch.tensor([1.0, 1.0, 1.0, 0.0])
    assert LESSON.calibration_error(confidence, correct, 2) == pytest.approx(0.275)
    logits = torch.tensor([[2.0, 0.0]]).repeat(4, 1)
    assert LESSON.fit_temperature(logits, torch.tensor([0, 0, 0, 1])) == pytest.approx(2 / math.log(3), rel=0.01)
    layer = (torch.tensor([[1.0, 2.0]]), None, torch.tensor([[1.0, 1.0]]), torch.tensor([[3.0]]))
    x = torch.tensor([[1.0, 1.0]])
    assert corrected(LESSON.LoRALinear, *layer, x, rank=1, alpha=2.0).item() == 15
    assert merged(LESSON.LoRALinear, *layer, x, rank=1, alpha=2.0)["weight"].tolist() == [[7.0, 8.0]]


def test_the_claims_about_an_unbalanced_test() -> None:
    scores = LESSON.classification_scores(torch.tensor([[0, 5], [0, 95]]))
    assert scores["accuracy"] == 0.95
    assert round(scores["macro_f1"], 2) == 0.49
    assert round(scores["f1"][1], 2) == 0.97


def test_lora_is_pefts_layer() -> None:
    from peft import LoraConfig, get_peft_model

    torch.manual_seed(0)
    plain = nn.Sequential(nn.Linear(7, 5))
    config = LoraConfig(r=3, lora_alpha=12, target_modules=["0"], lora_dropout=0.0)
    theirs: Any = get_peft_model(nn.Sequential(nn.Linear(7, 5)), config).eval()
    layer = theirs.base_model.model[0]
    layer.base_layer.load_state_dict(plain[0].state_dict())
    mine = LESSON.LoRALinear(plain[0], rank=3, alpha=12.0)
    with torch.no_grad():
        mine.lora_b.normal_()
        layer.lora_A["default"].weight.copy_(mine.lora_a)
        layer.lora_B["default"].weight.copy_(mine.lora_b)
    x = torch.randn(4, 7)
    assert torch.allclose(mine(x), theirs(x), atol=1e-5)
    assert torch.allclose(mine.merge()(x), theirs(x), atol=1e-5)


def test_in_the_first_step_only_b_learns() -> None:
    adapted = LESSON.LoRALinear(nn.Linear(4, 3), rank=2)
    adapted(torch.randn(5, 4)).square().sum().backward()
    assert adapted.lora_a.grad.abs().max() == 0 < adapted.lora_b.grad.abs().max()


def test_the_truth_about_the_films_is_balanced_whole_and_not_in_the_release() -> None:
    exercise = next(exercise for exercise in SOURCE.lesson.exercises if exercise.name == "label_films")
    truths = [case.truth for case in exercise.cases if case.hidden and case.scale and len(case.truth["positive"]) > 100]
    assert len(truths) == 1
    positive, negative = truths[0]["positive"], truths[0]["negative"]
    assert len(positive) == len(negative) == 120
    assert sorted(positive + negative) == list(range(len(film_snippets())))
    released = visible_key("label_films")
    assert not any(case.hidden or len(case.expected["results"]) != 1 for case in released.cases)
    assert film_snippets()[positive[0]] not in released.to_text()


def test_the_films_cannot_be_had_by_counting_words() -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    from course.data import sentiment_split

    exercise = next(exercise for exercise in SOURCE.lesson.exercises if exercise.name == "label_films")
    case = next(case for case in exercise.cases if case.name.startswith("240 films"))
    rows = sentiment_split("movies").train[:3000]
    baseline = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True), LogisticRegression(C=10))
    baseline.fit([row["text"] for row in rows], [row["label"] for row in rows])
    truth = [int(place in set(case.truth["positive"])) for place in range(240)]
    score = f1_score(truth, baseline.predict(film_snippets()), average="macro")
    assert 0.6 < score < 0.8
