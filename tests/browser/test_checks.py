"""The check cards as a learner sees them, in a real JupyterLab: one wrong answer of each kind.

Set ``SHOTS`` to a folder to get screenshots.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest

SETUP = "import math\nimport torch\nfrom course import check, hint"
SOFTMAX = "def softmax(x, dim=-1):\n    {body}\ncheck('softmax', softmax)"

# kind of mistake: the cell, the heading of its card, and what its text must say
CELLS = {
    "right": (
        SOFTMAX.format(body="return (x - x.logsumexp(dim, keepdim=True)).exp()"),
        "Right",
        "2 of 2 points",
    ),
    "an unfinished stub": (SOFTMAX.format(body="raise NotImplementedError()"), "Not started", "Not started yet"),
    "an exception": (
        SOFTMAX.format(body="return x.exp() / totals"),
        "Your code raised an exception",
        r"NameError in line 2 of the cell, return x\.exp\(\) / totals",
    ),
    "a wrong type": (SOFTMAX.format(body="return x.exp().tolist()"), "Not yet", "tensor"),
    "a wrong shape": (
        "def merge_heads(x):\n    return x.flatten(1, 2).transpose(-1, -2)\ncheck('merge_heads', merge_heads)",
        "Not yet",
        "shape",
    ),
    "not a number": (
        SOFTMAX.format(body="return x.exp() / x.exp().sum(dim, keepdim=True)"),
        "Partly right",
        "(?i)overflow|nan",
    ),
    "an endless loop": (SOFTMAX.format(body="while True:\n        x = x + 0"), "Interrupted", r"after \d+ seconds?"),
    "a changed input": (
        SOFTMAX.format(body="x -= x.amax(dim, keepdim=True)\n    return x.exp() / x.exp().sum(dim, keepdim=True)"),
        "Partly right|Not yet",
        "(?i)changed",
    ),
    "a refused call": (SOFTMAX.format(body="return torch.softmax(x, dim)"), "Not yet", "not allowed here"),
    "a known misconception": (
        (
            "def scaled_dot_product_attention(query, key, value, mask=None):\n"
            "    scores = query @ key.transpose(-2, -1)\n"
            "    if mask is not None:\n        scores = scores.masked_fill(~mask, -1e30)\n"
            "    weights = (scores - scores.amax(-1, keepdim=True)).exp()\n"
            "    if mask is not None:\n        weights = weights * mask\n"
            "    weights = weights / weights.sum(-1, keepdim=True).clamp(min=1e-30)\n"
            "    return weights @ value, weights\n"
            "check('scaled_dot_product_attention', scaled_dot_product_attention)"
        ),
        "Partly right|Not yet",
        "(?i)scal|divid|sharp",
    ),
    "hint": ("hint('softmax')", "", "Hint 1 of 3"),
    # Last, because “Run All” stops at a name that does not exist, as it should.
    "not defined yet": ("check('causal_mask', causal_mask)", "Not started", "causal_mask is not defined yet"),
}


@pytest.fixture(scope="module")
def cards(open_shared_notebook: Any) -> Any:
    notebook = open_shared_notebook([SETUP, *(cell for cell, _, _ in CELLS.values())], height=1400)
    notebook.page.wait_for_selector("text=is not defined yet", timeout=120_000)
    return notebook


def output(cards: Any, kind: str) -> Any:
    index = 1 + list(CELLS).index(kind)
    return cards.page.locator(".jp-Notebook .jp-CodeCell").nth(index).locator(".jp-OutputArea-output").first


@pytest.mark.parametrize("kind", CELLS)
def test_every_kind_of_mistake_has_its_card(cards: Any, kind: str) -> None:
    _, heading, says = CELLS[kind]
    shown = output(cards, kind)
    shown.scroll_into_view_if_needed()
    text = shown.inner_text()
    folder = os.environ.get("SHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        shown.screenshot(path=str(Path(folder) / f"check-{kind.replace(' ', '-')}.png"))
    assert re.search(heading, text), text
    assert re.search(says, text), text
    assert "Traceback" not in text


def test_expected_stands_beside_yours_as_a_picture(cards: Any) -> None:
    picture = output(cards, "a known misconception").locator("svg")
    box = picture.bounding_box()
    assert box is not None
    assert box["width"] > 150
    assert box["height"] > 40


def test_nothing_went_wrong_in_the_page_and_nothing_left_the_machine(cards: Any) -> None:
    assert cards.errors == []
    assert cards.outside == []
