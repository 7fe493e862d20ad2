"""Data flow and heads in a real JupyterLab: every stop and every head by keyboard, numbers as Python has them.

Set ``SHOTS`` to a folder to get screenshots.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import torch
from torch import nn

from course.visualizers import dataflow_explorer
from course.visualizers.dataflow import DataflowExplorer
from course.visualizers.heads import FACTS, HEADS, LAYERS, facts, measure
from course.visualizers.heads_example import SENTENCE, stored
from tests.browser.test_visualizers import OVERLAPS, UNNAMED, from_python, press, settled

if TYPE_CHECKING:
    from playwright.sync_api import Page

DATAFLOW = """import torch
from torch import nn
from course.visualizers import dataflow_explorer
torch.manual_seed(0)
layer = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True)
encoder = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
flow = dataflow_explorer(encoder, torch.randn(1, 5, 8), names=["the", "cat", "sat", "down", "."])
flow"""
HEADS_CELL = "from course.visualizers import heads_explorer\nheads = heads_explorer()\nheads"


def expected_flow() -> DataflowExplorer:
    torch.manual_seed(0)
    layer = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True)
    encoder = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
    return dataflow_explorer(encoder, torch.randn(1, 5, 8), names=["the", "cat", "sat", "down", "."])


@pytest.fixture(scope="module")
def flow(open_shared_notebook: Any) -> Any:
    notebook = open_shared_notebook(["1", DATAFLOW, "2"])
    notebook.page.wait_for_selector(".lfz-dataflow [role=treeitem]")
    return notebook


@pytest.fixture(scope="module")
def heads(open_shared_notebook: Any) -> Any:
    notebook = open_shared_notebook(["1", HEADS_CELL, "2"])
    notebook.page.wait_for_selector(".lfz-bertheads .lfz-attention g")
    return notebook


def rows(page: Page) -> list[list[str]]:
    """Name, shape, mean norm and cosine of each row."""
    script = """rows => rows.map(r => [
      r.querySelector('.lfz-stop-name > :last-child').textContent,
      r.querySelector('.lfz-stop-shape').textContent,
      r.querySelector('.lfz-value')?.textContent ?? '',
      r.querySelector('.lfz-stop-turn > span')?.textContent ?? '',
    ])"""
    found: list[list[str]] = page.locator(".lfz-dataflow [role=treeitem]").evaluate_all(script)
    return found


def expected_rows(expanded: list[int]) -> list[list[str]]:
    explorer = expected_flow()
    explorer.expanded = expanded
    return [
        [
            stop.name,
            " × ".join(map(str, stop.shape)),
            f"{stop.norm:.2f}",
            "" if stop.cosine is None else f"{stop.cosine:.2f}".replace("-", "−"),
        ]
        for stop in explorer.visible()
    ]


def bars(page: Page, where: str) -> list[str]:
    return page.locator(f"{where} .lfz-panel .lfz-row .lfz-value").all_inner_texts()


def arrives(notebook: Any, expression: str, value: str) -> None:
    """Waits until the hand's choice is known in Python."""
    settled(notebook.page, lambda: notebook.execute(f"print({expression})") == value, False)


def restart(notebook: Any) -> None:
    from_python(notebook, "flow.expanded, flow.step, flow.token = [1, 9], 0, 0")
    settled(notebook.page, lambda: chosen(notebook.page) == "0", False)


def chosen(page: Page) -> str | None:
    return page.locator(".lfz-dataflow [aria-selected=true]").get_attribute("data-stop")


def test_every_stop_stands_there_with_pythons_numbers(flow: Any) -> None:
    restart(flow)
    assert rows(flow.page) == expected_rows([1, 9])
    assert len(rows(flow.page)) == 17


def test_stops_are_stepped_through_opened_and_closed_by_keyboard(flow: Any) -> None:
    restart(flow)
    page = flow.page
    explorer = expected_flow()
    press(page.locator(".lfz-dataflow [tabindex='0']"), "ArrowDown", "ArrowDown", "ArrowDown")
    settled(page, lambda: chosen(page) == "3", False)
    expected = [f"{norm:.2f}" for norm in explorer.stops[3].norms]
    settled(page, lambda: bars(page, ".lfz-dataflow") == expected, False)
    said = page.locator(".lfz-dataflow .lfz-spoken").inner_text()
    assert f"cosine between in and out {explorer.stops[3].cosine:.2f}" in said
    assert f"adds a vector {explorer.stops[3].added:.2f} times as long as the stream" in said
    press(page.locator(".lfz-dataflow [tabindex='0']"), "ArrowLeft", "ArrowLeft")  # to the block, then closes it
    settled(page, lambda: rows(page) == expected_rows([9]), False)
    assert chosen(page) == "1"
    assert page.locator(".lfz-dataflow [data-stop='1']").get_attribute("aria-expanded") == "false"
    press(page.locator(".lfz-dataflow [tabindex='0']"), "ArrowRight", "ArrowRight")  # opens it, then goes in
    settled(page, lambda: chosen(page) == "2", False)
    press(page.locator(".lfz-dataflow [tabindex='0']"), "End")
    settled(page, lambda: chosen(page) == "16", False)
    press(page.get_by_role("button", name="close all"), "Enter")
    settled(page, lambda: rows(page) == expected_rows([]), False)
    assert chosen(page) == "9"  # the closed block that holds it
    arrives(flow, "flow.expanded, flow.step", "[] 16")


def test_the_tokens_norm_is_marked_at_each_stop(flow: Any) -> None:
    restart(flow)
    page = flow.page
    explorer = expected_flow()
    press(page.get_by_role("slider", name="token"), "ArrowRight", "ArrowRight")
    dots = page.locator(".lfz-dataflow [role=treeitem] em")
    explorer.token = 2
    most = max(norm or 0 for stop in explorer.stops for norm in stop.norms)
    wanted = pytest.approx([100 * (norm or 0) / most for norm in explorer.compute()], abs=0.01)
    script = "dots => dots.map(dot => parseFloat(dot.style.left))"
    settled(page, lambda: dots.evaluate_all(script) == wanted, False)
    assert page.locator(".lfz-dataflow output").inner_text() == "sat"
    page.locator(".lfz-dataflow .lfz-row").nth(4).click()
    settled(page, lambda: page.locator(".lfz-dataflow output").inner_text() == ".", False)


def test_a_click_chooses_a_stop_and_another_closes_it(flow: Any) -> None:
    restart(flow)
    page = flow.page
    page.locator(".lfz-dataflow [data-stop='9']").click()
    settled(page, lambda: chosen(page) == "9", False)
    assert len(rows(page)) == 17
    page.locator(".lfz-dataflow [data-stop='9']").click()
    settled(page, lambda: rows(page) == expected_rows([1]), False)


# heads


def checked(page: Page) -> str:
    return page.locator(".lfz-bertheads [role=radio][aria-checked=true]").get_attribute("aria-label") or ""


def expected_facts(sentence: str, layer: int, head: int) -> list[str]:
    tokens, weights = stored() if sentence == SENTENCE else (measure(sentence).tokens, measure(sentence).weights)
    return [f"{share:.2f}" for share in facts(weights, tokens)[layer, head][: len(FACTS)]]


def again(notebook: Any) -> None:
    from_python(notebook, f"heads.sentence, heads.layer, heads.head, heads.token = {SENTENCE!r}, 5, 11, 7")
    settled(notebook.page, lambda: map_tokens(notebook.page)[2:4] == ["cat", "drank"], False)
    settled(notebook.page, lambda: checked(notebook.page).startswith("Layer 5, head 11:"), False)


def map_tokens(page: Page) -> list[str]:
    script = "names => names.map(name => name.firstChild.textContent)"
    found: list[str] = page.locator(".lfz-bertheads .lfz-attention g > text.lfz-query").evaluate_all(script)
    return found


def test_the_first_paint_shows_all_heads_and_needs_no_model(heads: Any) -> None:
    page = heads.page
    assert heads.execute("import sys; print('transformers' in sys.modules)") == "False"
    assert page.locator(".lfz-bertheads [role=radio] canvas").count() == LAYERS * HEADS
    assert bars(page, ".lfz-heads-body") == expected_facts(SENTENCE, 5, 11)
    assert "“it” looks at “cat” (0.55)" in page.locator(".lfz-attention .lfz-spoken").inner_text()


def test_heads_are_chosen_by_keyboard_and_by_pointing(heads: Any) -> None:
    again(heads)
    page = heads.page
    press(page.locator(".lfz-bertheads [role=radio][tabindex='0']"), "ArrowUp", "ArrowUp", "ArrowLeft")
    settled(page, lambda: checked(page).startswith("Layer 3, head 10:"), False)
    settled(page, lambda: bars(page, ".lfz-heads-body") == expected_facts(SENTENCE, 3, 10), False)
    press(
        page.locator(".lfz-bertheads [role=radio][tabindex='0']"), "Home", "ArrowLeft", "ArrowUp"
    )  # stops at the edge
    settled(page, lambda: checked(page).startswith("Layer 2, head 0:"), False)
    page.locator(".lfz-bertheads [role=radio]").nth(2).click()
    settled(page, lambda: checked(page).startswith("Layer 0, head 2: previous token 1.00"), False)
    row = page.locator(".lfz-bertheads .lfz-attention g[aria-selected=true]")
    settled(page, lambda: (row.get_attribute("aria-label") or "").startswith("“it” looks at “because” (1.00)"), False)
    arrives(heads, "heads.layer, heads.head", "0 2")


def test_a_token_is_chosen_in_the_map_and_kept_from_head_to_head(heads: Any) -> None:
    again(heads)
    page = heads.page
    press(page.locator(".lfz-bertheads .lfz-attention g[tabindex='0']"), "ArrowUp", "ArrowUp", "ArrowRight")
    spoken = page.locator(".lfz-bertheads .lfz-attention .lfz-spoken")
    _, weights = stored()
    settled(page, lambda: spoken.inner_text() == f"“milk” → “[CLS]”: weight {weights[5, 11, 5, 0]:.2f}.", False)
    arrives(heads, "heads.token", "5")
    press(page.locator(".lfz-bertheads [role=radio][tabindex='0']"), "ArrowLeft")
    settled(page, lambda: spoken.inner_text().startswith("“milk” looks at"), False)
    from_python(heads, "heads.token = 2")
    settled(page, lambda: spoken.inner_text().startswith("“cat” looks at"), False)


def test_a_typed_sentence_is_read_by_the_model(heads: Any) -> None:
    again(heads)
    page = heads.page
    field = page.get_by_label("Your sentence")
    field.fill("")
    field.press_sequentially("Not a good film")
    status = page.locator(".lfz-bertheads [role=status]")
    assert status.inner_text().startswith("BERT is")
    page.wait_for_function(
        "() => document.querySelectorAll('.lfz-bertheads .lfz-attention g').length === 6", timeout=60_000
    )
    assert map_tokens(page) == ["[CLS]", "not", "a", "good", "film", "[SEP]"]
    assert bars(page, ".lfz-heads-body") == expected_facts("Not a good film", 5, 11)
    field.fill("word " * 50)
    settled(page, lambda: "has 12 more" in status.inner_text(), False)
    field.fill("   ")
    settled(page, lambda: status.inner_text() == "sentence must be a text with at least one word.", False)
    assert heads.execute("print(repr(heads.sentence))") == "'   '"


def test_a_sentence_given_in_python_is_read_after_the_first_paint(open_notebook: Any) -> None:
    opened = open_notebook([HEADS_CELL.replace("()", '("It rains.")')])
    page = opened.page
    page.wait_for_selector(".lfz-bertheads [role=status]")
    page.wait_for_function(
        "() => document.querySelectorAll('.lfz-bertheads .lfz-attention g').length === 5", timeout=60_000
    )
    assert map_tokens(page) == ["[CLS]", "it", "rains", ".", "[SEP]"]
    assert opened.errors == []


# both


def test_every_control_has_a_name(flow: Any, heads: Any) -> None:
    for notebook in (flow, heads):
        for root in notebook.page.locator(".lfz").all():
            assert root.evaluate(UNNAMED) == []


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
@pytest.mark.parametrize("width", [1280, 620])
def test_legible_in_each_theme_and_width(open_notebook: Any, theme: str, width: int) -> None:
    opened = open_notebook([DATAFLOW, HEADS_CELL], theme=theme, width=width, height=2600)
    page = opened.page
    page.wait_for_selector(".lfz-dataflow [role=treeitem]")
    page.wait_for_selector(".lfz-bertheads .lfz-attention g")
    page.wait_for_timeout(400)
    shots = os.environ.get("SHOTS")
    for kind in ("dataflow", "bertheads"):
        card = page.locator(f".lfz-{kind}").first
        if shots:
            card.screenshot(path=Path(shots) / f"{kind}_{theme.split()[1].lower()}_{width}.png")
        assert card.evaluate("node => node.scrollWidth <= node.clientWidth + 1")
        assert card.evaluate(OVERLAPS) == []
    assert opened.errors == []
    assert opened.outside == []
