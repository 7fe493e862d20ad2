"""Cached lower layers give what the whole model gives, and training on top of them repeats itself."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from course.cached_layers import (
    CachedStates,
    cache_lower,
    cached_logits,
    fast_bfloat16,
    fit_upper,
    train_upper_layers,
    upper_classifier,
)
from course.resources import load_bert

TEXTS = ["A wonderful film.", "Dull.", "It is long, and yet I was never bored for a minute.", "Awful, just awful!"] * 4
LABELS = [1, 0, 1, 0] * 4


@pytest.fixture(autouse=True)
def nothing_is_kept_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("course.kept_weights.cache_directory", lambda: tmp_path)


@pytest.fixture(scope="module")
def cached() -> CachedStates:
    return cache_lower(TEXTS, layers=4)


def test_lower_and_upper_together_are_the_whole_bert(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("course.cached_layers.fast_bfloat16", lambda: False)
    model, tokenizer = load_bert()
    cached = cache_lower(TEXTS[:4], layers=4)
    upper = upper_classifier(above=4).eval()
    states, mask = cached.batch(range(4))
    for layer in upper.layers:
        masked = (1.0 - mask[:, None, None, :].float()) * torch.finfo(torch.float32).min
        states = layer(states, masked)
    batch = tokenizer(TEXTS[:4], padding=True, return_tensors="pt")
    with torch.no_grad():
        reference = model(**batch).last_hidden_state
    assert torch.equal(mask, batch["attention_mask"])
    # states are kept in bfloat16: eight bits of precision
    gap = (states - reference)[mask.bool()].abs().max()
    assert gap < 0.05


def test_logits_come_in_the_order_of_the_texts_whatever_the_batches(cached: CachedStates) -> None:
    classifier = upper_classifier(above=4)
    classifier.train()
    one, other = (cached_logits(classifier, cached, batch_size=size) for size in (1, 16))
    assert one.shape == (16, 2)
    assert torch.allclose(one, other, atol=1e-4)
    assert classifier.training


@pytest.mark.parametrize(("texts", "layers"), [([], 4), (["a"], 7), (["a"], -1)])
def test_what_cannot_be_cached_is_said(texts: list[str], layers: int) -> None:
    with pytest.raises(ValueError, match="0 to 6 layers are needed"):
        cache_lower(texts, layers)


def test_training_learns_repeats_itself_and_leaves_frozen_parts_alone(cached: CachedStates) -> None:
    def run() -> tuple[nn.Module, list[float], list[int]]:
        steps: list[int] = []
        classifier = upper_classifier(above=5, seed=3)
        classifier.layers[0].attention.requires_grad_(False)
        losses = fit_upper(
            classifier, cached, LABELS, epochs=6, batch_size=8, learning_rate=1e-3, threads=1,
            report=lambda step, loss: steps.append(step),
        )  # fmt: skip
        return classifier, losses, steps

    threads, state = torch.get_num_threads(), torch.get_rng_state()
    first, losses, steps = run()
    second, again, _ = run()
    assert losses == again
    assert steps == list(range(1, 13))
    assert sum(losses[-3:]) < sum(losses[:3]) / 2
    assert torch.get_num_threads() == threads
    assert torch.equal(torch.get_rng_state(), state)
    untrained: Any = upper_classifier(above=5, seed=3)
    trained: Any = first
    assert torch.equal(trained.layers[0].attention.self.query.weight, untrained.layers[0].attention.self.query.weight)
    assert not torch.equal(trained.head.weight, untrained.head.weight)
    assert all(torch.equal(a, b) for a, b in zip(first.parameters(), second.parameters(), strict=True))


def test_as_many_labels_as_texts_are_needed(cached: CachedStates) -> None:
    with pytest.raises(ValueError, match="16 texts and 1 labels"):
        fit_upper(upper_classifier(above=5), cached, [1])


def test_the_whole_model_is_in_training_mode_its_own_copy_and_keeps_no_stale_answer() -> None:
    options: dict[str, Any] = {"layers": 1, "epochs": 1, "learning_rate": 1e-3}
    model, tokenizer = train_upper_layers(TEXTS, LABELS, **options)
    assert model.training
    model.eval()
    batch = tokenizer(TEXTS[:3], padding=True, return_tensors="pt")
    with torch.no_grad():
        before = model(batch["input_ids"], batch["attention_mask"])
        assert torch.equal(before, model(batch["input_ids"], batch["attention_mask"]))
        model.upper.head.bias.add_(1.0)
        assert torch.allclose(model(batch["input_ids"], batch["attention_mask"]), before + 1.0, atol=1e-5)
        other = train_upper_layers(TEXTS, LABELS, **options)[0].eval()
        assert torch.equal(other(batch["input_ids"], batch["attention_mask"]), before)
        assert not torch.equal(other.train()(batch["input_ids"], batch["attention_mask"]), before)
    third = train_upper_layers(TEXTS, LABELS, **options)[0]
    third.eval()
    assert other.lower[0].training
    assert not third.lower[0].training
    assert not any(parameter.requires_grad for parameter in (*other.embeddings.parameters(), *other.lower.parameters()))
    whole = copy.deepcopy(other).eval()
    logits = whole(batch["input_ids"], batch["attention_mask"])
    assert logits.requires_grad
    assert torch.allclose(logits, before, atol=1e-5)


def test_whether_bfloat16_is_fast_is_a_fact_of_the_processor() -> None:
    assert fast_bfloat16() in (True, False)
