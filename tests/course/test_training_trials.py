"""What lesson 8's exercises are tried on: the same numbers everywhere, and facts that tell right from wrong."""

from __future__ import annotations

import random
from typing import Any

import pytest
import torch
from torch import nn

from course import training_trials as trials


def test_filling_draws_nothing_and_gives_the_same_numbers() -> None:
    state = torch.get_rng_state()
    one, other = nn.Linear(3, 2), nn.Linear(3, 2)
    torch.set_rng_state(state)
    trials.fill(one, 4, 0.5)
    trials.fill(other, 4, 0.5)
    assert torch.equal(torch.get_rng_state(), state)
    assert torch.equal(one.weight, other.weight)
    assert one.weight.abs().max() <= 0.5
    trials.fill(other, 5, 0.5)
    assert not torch.equal(one.weight, other.weight)


def test_a_tiny_batch_has_padding_that_its_mask_tells() -> None:
    batches = trials.tiny_batches([3, 1], seed=2)
    assert [len(batch["labels"]) for batch in batches] == [3, 1]
    for batch in batches:
        assert torch.equal(batch["input_ids"] > 0, batch["attention_mask"].bool())
        assert batch["attention_mask"].sum(dim=1).max() == batch["input_ids"].shape[1]
    assert set(torch.cat([batch["labels"] for batch in trials.tiny_batches([6])]).tolist()) == {0, 1}


def _in_order(lengths: list[int], size: int, seed: int) -> list[list[int]]:
    rows = sorted(range(len(lengths)), key=lengths.__getitem__)
    return [rows[start : start + size] for start in range(0, len(rows), size)]


def test_batches_without_chance_are_told_from_those_with_it() -> None:
    facts = trials.batching_facts(_in_order, [3, 1, 2, 2, 5], 2)
    assert facts["lengths"] == [[1, 2], [2, 3], [5]]
    assert facts["batches always come in order of length"]
    assert not facts["batches come in another order with another seed"]
    assert not facts["rows of one length change places"]
    assert facts["global random generators that were changed"] == []


@pytest.mark.parametrize(("name", "seeded"), [("random", random.seed), ("torch", torch.manual_seed)])
def test_a_global_generator_that_is_seeded_is_named_each_time(name: str, seeded: Any) -> None:
    def seeding(lengths: list[int], batch_size: int, seed: int) -> list[list[int]]:
        seeded(0)
        return [[0], [1]]

    for _ in range(3):
        facts = trials.batching_facts(seeding, [1, 2], 1)
        assert facts["global random generators that were changed"] == [name]


def test_batches_that_are_drawn_anew_are_told_however_few_there_are() -> None:
    def anew(lengths: list[int], batch_size: int, seed: int) -> list[list[int]]:
        return random.sample([[0], [1]], 2)

    told = [trials.batching_facts(anew, [1, 2], 1)["one seed gives the same twice"] for _ in range(100)]
    assert not any(told)


@pytest.mark.parametrize("result", [None, 3, [1, 2], [["a"]], {"a": 1}])
def test_a_result_of_another_form_is_handed_on(result: Any) -> None:
    assert trials.batching_facts(lambda *_: result, [1, 2], 2) == result
    assert trials.named_groups(lambda *_: result, 0.1) == result


def test_rows_that_do_not_exist_are_named() -> None:
    assert trials.batching_facts(lambda *_: [[0, 7]], [1, 2], 2) == {"rows": [0, 7]}


class _Head(nn.Module):
    """A classifier as asked for, with dropout in front of the head or behind it."""

    def __init__(self, encoder: Any, num_labels: int = 2, dropout: float = 0.1, behind: bool = False) -> None:
        super().__init__()
        self.encoder, self.head = encoder, nn.Linear(encoder.config.hidden_size, num_labels)
        self.dropout, self.behind = nn.Dropout(dropout), behind

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        pooled = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        logits: torch.Tensor = self.dropout(self.head(pooled)) if self.behind else self.head(self.dropout(pooled))
        return logits


def test_dropout_behind_the_head_is_told_from_dropout_in_front_of_it() -> None:
    ids, mask = torch.tensor([[1, 2, 3]]), torch.ones(1, 3, dtype=torch.long)
    front = trials.classifier_dropout(_Head, ids, mask, 0.3)
    behind = trials.classifier_dropout(lambda *a, **k: _Head(*a, **k, behind=True), ids, mask, 0.3)
    assert front["every number is zeroed or scaled"]
    assert front["the share of zeros, to one decimal"] == 0.3
    assert not front["logits of zero"]
    assert behind["logits of zero"]
    assert not behind["every number is zeroed or scaled"]


def test_parts_and_gradients_of_a_classifier() -> None:
    parts = trials.classifier_parts(_Head, 3)
    assert parts == {"added": {"head.bias": [3], "head.weight": [3, 8]}, "keeps the encoder": True}
    ids = torch.tensor([[1, 2, 3]])
    assert all(trials.classifier_gradients(_Head, ids, torch.ones_like(ids), torch.tensor([1])).values())


def test_groups_are_merged_by_their_decay_and_named() -> None:
    found = trials.named_groups(lambda m, d: [{"params": [p], "weight_decay": d} for p in m.parameters()], 0.2)
    assert len(found) == 1
    assert "norm.weight" in found[0]["params"]
    assert found[0]["params"] == sorted(found[0]["params"])
    tied = trials.named_groups(lambda m, d: [{"params": m.parameters(), "weight_decay": d}], 0.2, tied=True)
    assert "head.weight" not in tied[0]["params"]


class _Nothing:
    """A checkpoint that keeps nothing."""

    def __init__(self, *parts: Any) -> None:
        pass

    def save(self, path: Any, step: int) -> None:
        path.write_bytes(b"")

    def restore(self, path: Any) -> int:
        return 0


def test_a_checkpoint_that_keeps_nothing_is_told() -> None:
    facts = trials.resumed(_Nothing, 2, 2)
    assert not facts["random numbers go on"]
    assert not facts["all losses afterwards"]
    assert not facts["weights at the end"]
    assert facts["texts seen at the restart"] == 0
    assert not trials.checkpoint_file(_Nothing)["loads without running code"]
