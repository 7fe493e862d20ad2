"""What the text of lesson 8 claims: its minutes, and its numbers by hand."""

from __future__ import annotations

import math
import re

import pytest
import torch
from torch.nn.functional import cross_entropy

from autograder.build.builder import LessonSource, read_source

SOURCE: LessonSource = read_source("08_fine_tuning")
PROSE = "\n".join(cell.source for cell in SOURCE.cells if cell.kind == "markdown")


def test_the_reading_time_is_counted_by_the_rule() -> None:
    """150 words a minute, half a minute for each demonstration and question."""
    words = len(re.sub(r"[#|*`$\\]", " ", PROSE).split())
    shown = sum(
        cell.kind == "code" and not (cell.exercise or cell.check or cell.tags.get("setup")) for cell in SOURCE.cells
    )
    minutes = words / 150 + (shown + PROSE.count("**Predict.**")) / 2
    assert SOURCE.lesson.reading_minutes == pytest.approx(minutes, abs=5)


def test_losses_by_hand() -> None:
    even, sure = torch.tensor([[0.0, 0.0]]), torch.tensor([[1.0, 3.0]])
    right = torch.tensor([1])
    assert cross_entropy(even, right).item() == pytest.approx(math.log(2))
    assert cross_entropy(sure, right).item() == pytest.approx(0.127, abs=5e-4)


def test_decay_by_hand() -> None:
    weight = torch.nn.Parameter(torch.tensor([2.0]))
    optimizer = torch.optim.AdamW([weight], lr=0.1, weight_decay=0.01)
    weight.grad = torch.zeros(1)
    optimizer.step()
    assert weight.item() == pytest.approx(1.998)


def test_clipping_by_hand() -> None:
    pair = [torch.nn.Parameter(torch.tensor(0.0)) for _ in range(2)]
    for parameter, value in zip(pair, (3.0, 4.0), strict=True):
        parameter.grad = torch.tensor(value)
    assert torch.nn.utils.clip_grad_norm_(pair, 1.0).item() == pytest.approx(5.0)
    assert [p.grad.item() for p in pair if p.grad is not None] == pytest.approx([0.6, 0.8], abs=1e-5)


def test_the_test_set_is_not_touched_before_section_7() -> None:
    before = "".join(cell.source for cell in SOURCE.cells).partition("## 7 ·")[0]
    assert "reviews.test" not in before
    assert "## 6 ·" in before


def test_cells_that_train_assert_what_must_hold() -> None:
    trained = [cell.source for cell in SOURCE.cells if cell.tags.get("volatile") and "accuracy_of(" in cell.source]
    assert trained
    assert any(">= 0.80" in source for source in trained)
