"""Lesson 8's first half: batches, head, groups, schedule and loop against the libraries, and their properties."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn
from torch.nn.functional import cross_entropy
from transformers import Trainer, TrainingArguments, get_linear_schedule_with_warmup

from autograder.build.builder import LessonSource, read_source
from course.resources import load_bert
from course.training_trials import TinyClassifier, tiny_batches, tiny_encoder

SOURCE: LessonSource = read_source("08_fine_tuning")
LESSON = SimpleNamespace(**{e.name: SOURCE.workbench.solution(e.name) for e in SOURCE.lesson.exercises})
TEXTS = st.lists(st.text("abcdefgh ", min_size=1, max_size=60), min_size=1, max_size=6)


@given(TEXTS)
def test_a_batch_is_what_the_librarys_tokenizer_pads(texts: list[str]) -> None:
    tokenizer = load_bert()[1]
    examples = [{"input_ids": ids, "label": n % 2} for n, ids in enumerate(tokenizer(texts)["input_ids"])]
    batch = LESSON.collate(examples)
    theirs = tokenizer(texts, padding=True, return_tensors="pt")
    assert torch.equal(batch["input_ids"], theirs["input_ids"])
    assert torch.equal(batch["attention_mask"], theirs["attention_mask"])
    assert batch["labels"].tolist() == [n % 2 for n in range(len(texts))]


@given(st.lists(st.integers(1, 30), max_size=60), st.integers(1, 12), st.integers(0, 1000))
def test_batches_by_length_hold_every_row_once_and_do_not_overlap(lengths: list[int], size: int, seed: int) -> None:
    batches = LESSON.length_batches(lengths, size, seed)
    assert Counter(row for batch in batches for row in batch) == Counter(range(len(lengths)))
    assert sum(len(batch) < size for batch in batches) <= 1
    spans = sorted((min(lengths[r] for r in batch), max(lengths[r] for r in batch)) for batch in batches)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@given(st.integers(0, 40), st.integers(0, 20), st.integers(1, 40))
def test_the_schedule_is_the_librarys(step: int, warmup: int, total: int) -> None:
    warmup = min(warmup, total)
    optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(()))], lr=1.0)
    theirs = get_linear_schedule_with_warmup(optimizer, warmup, total).lr_lambdas[0]
    assert LESSON.learning_rate_factor(step, warmup, total) == pytest.approx(theirs(step))


def test_what_is_not_decayed_in_bert_is_what_trainer_spares(tmp_path: Path) -> None:
    model = LESSON.SentimentClassifier(load_bert()[0])
    names = {id(parameter): name for name, parameter in model.named_parameters()}
    decayed, spared = ({names[id(p)] for p in group["params"]} for group in LESSON.parameter_groups(model, 0.01))
    trainer = Trainer(model, TrainingArguments(str(tmp_path), use_cpu=True, report_to="none"))
    assert decayed == set(trainer.get_decay_parameter_names(model))
    assert decayed | spared == set(names.values())
    assert not decayed & spared


def test_logits_depend_neither_on_company_nor_on_what_stands_at_the_padding() -> None:
    torch.manual_seed(0)
    model = LESSON.SentimentClassifier(tiny_encoder(), num_labels=3).eval()
    ids, mask = torch.tensor([[3, 5, 7, 0, 0], [1, 2, 3, 4, 5]]), torch.tensor([[1, 1, 1, 0, 0], [1, 1, 1, 1, 1]])
    with torch.no_grad():
        together, alone = model(ids, mask)[0], model(ids[:1, :3], mask[:1, :3])[0]
        other = model(ids.masked_fill(mask == 0, 9), mask)[0]
    assert torch.allclose(together, alone, atol=1e-6)
    assert torch.allclose(together, other, atol=1e-6)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=5), st.floats(0.01, 2.0))
def test_a_step_on_micro_batches_is_the_step_on_the_large_batch(sizes: list[int], limit: float) -> None:
    micro = tiny_batches(sizes)
    width = max(batch["input_ids"].shape[1] for batch in micro)
    large = {
        name: torch.cat([nn.functional.pad(batch[name], (0, width - batch[name].shape[1])) for batch in micro])
        for name in ("input_ids", "attention_mask")
    } | {"labels": torch.cat([batch["labels"] for batch in micro])}
    results = []
    for batches in (micro, [large]):
        model = TinyClassifier()
        optimizer = torch.optim.AdamW(model.parameters(), lr=0.1)
        results.append((*LESSON.training_step(model, batches, optimizer, limit), model.head.weight.detach()))
    assert results[0][:2] == pytest.approx(results[1][:2], rel=1e-4)
    assert torch.allclose(results[0][2], results[1][2], atol=1e-4)


def test_the_loss_and_the_length_of_the_gradient_are_torchs() -> None:
    model, (batch,) = TinyClassifier(), tiny_batches([5])
    loss = cross_entropy(model(batch["input_ids"], batch["attention_mask"]), batch["labels"])
    loss.backward()
    norm = torch.cat([p.grad.flatten() for p in model.parameters() if p.grad is not None]).norm()
    fresh = TinyClassifier()
    found = LESSON.training_step(fresh, [batch], torch.optim.SGD(fresh.parameters(), lr=1.0), 1e9)
    assert found == pytest.approx((loss.item(), norm.item()), rel=1e-5)


def test_a_checkpoint_can_be_written_over_and_read_in_another_object(tmp_path: Path) -> None:
    def parts() -> tuple[nn.Module, torch.optim.Optimizer, torch.optim.lr_scheduler.LambdaLR]:
        model = TinyClassifier(dropout=0.2)
        optimizer = torch.optim.AdamW(model.parameters(), lr=0.1)
        return model, optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 0.9**step)

    first, path = parts(), tmp_path / "state.pt"
    for step in range(1, 4):
        LESSON.train_epoch(first[0], tiny_batches([3, 2], seed=step), *first[1:])
        LESSON.Checkpoint(*first).save(path, step)
    second = parts()
    assert LESSON.Checkpoint(*second).restore(path) == 3
    losses = [LESSON.train_epoch(run[0], tiny_batches([4]), *run[1:]) for run in (first,)]
    LESSON.Checkpoint(*second).restore(path)
    torch.set_rng_state(torch.load(path, weights_only=True)["random"])
    assert losses == [LESSON.train_epoch(second[0], tiny_batches([4]), *second[1:])]
