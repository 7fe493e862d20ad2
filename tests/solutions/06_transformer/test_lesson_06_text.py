"""What the text of lesson 6 claims: its numbers, its examples by hand, its minutes."""

from __future__ import annotations

import math
import re

import pytest
import torch

from autograder.build.builder import LessonSource, read_source

SOURCE: LessonSource = read_source("06_transformer")
PROSE = "\n".join(cell.source for cell in SOURCE.cells if cell.kind == "markdown")


def test_the_reading_time_is_counted_by_the_rule() -> None:
    """150 words a minute, half a minute for each demonstration and question."""
    words = len(re.sub(r"[#|*`$\\]", " ", PROSE).split())
    shown = sum(cell.kind == "code" and not (cell.exercise or cell.check or cell.tags) for cell in SOURCE.cells)
    minutes = words / 150 + (shown + PROSE.count("**Predict.**")) / 2
    assert SOURCE.lesson.reading_minutes == pytest.approx(minutes, abs=5)


def test_the_examples_by_hand() -> None:
    normed = SOURCE.workbench.solution("LayerNorm")(4)(torch.tensor([1.0, 3.0, 5.0, 7.0]))
    assert normed.tolist() == pytest.approx([-1.34, -0.45, 0.45, 1.34], abs=0.005)
    gelu = torch.nn.functional.gelu(torch.tensor([1.0, -1.0]))
    assert gelu.tolist() == pytest.approx([0.841, -0.159], abs=0.001)
    loss = SOURCE.workbench.solution("next_token_loss")(torch.zeros(1, 2, 2), torch.tensor([[0, 1]]))
    assert loss.item() == pytest.approx(math.log(2))


def test_the_sampled_set_of_the_prose_has_three_candidates() -> None:
    sample = SOURCE.workbench.solution("sample_token")
    logits = torch.tensor([0.4, 0.3, 0.2, 0.1]).log()
    assert {sample(logits, i / 50, top_p=0.75) for i in range(50)} == {0, 1, 2}
