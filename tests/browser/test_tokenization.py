"""Merge stepper and tokenizer comparison in a real JupyterLab: what the browser computes is what Python computes.

Set ``SHOTS`` to a folder to get screenshots.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from course.visualizers import merge_stepper, tokenizer_comparison
from course.visualizers.merge_stepper import sentence
from tests.browser.test_visualizers import OVERLAPS, UNNAMED, from_python, press, settled

if TYPE_CHECKING:
    from playwright.sync_api import Page

WORDS = {"tall": 4, "taller": 2, "small": 3, "smaller": 1, "fall": 2}
MERGES = [(32, 116), (97, 110), (101, 114), (105, 110), (258, 32), (259, 103), (195, 169), (228, 184), (263, 173)]
STEPPER = f"from course.visualizers import merge_stepper\nstepper = merge_stepper({WORDS}, step=3)\nstepper"
COMPARISON = (
    "from course.visualizers import tokenizer_comparison\n"
    f"comparison = tokenizer_comparison('an unwatchable café', merges={MERGES})\ncomparison"
)
TEXTS = (
    "",
    "  An unwatchable   CAFÉ,  née in 中国!  ",
    "file_name 5£ “well” – 50% $7 ^_^ don't…",
    "ne\u0301e 🙂👩‍👩‍👧 \u200bzero\u00adwidth\u00a0hard",
    "सभी मनुष्यों を 모든 يولد свобода Όλοι ĳﬁ ½",
    "x" * 101 + " " + "a" * 100,
)


@pytest.fixture(scope="module")
def notebook(open_shared_notebook: Any) -> Any:
    opened = open_shared_notebook([STEPPER, COMPARISON])
    opened.page.wait_for_selector(".lfz-merges .lfz-token")
    opened.page.wait_for_selector(".lfz-tokenizers .lfz-token")
    return opened


def said(page: Page) -> str:
    return str(page.locator(".lfz-merges .lfz-says").inner_text())


def shown(page: Page) -> list[list[str]]:
    """The tokens of each way, as the browser shows them."""
    script = "rows => rows.map(r => [...r.querySelectorAll('.lfz-token')].map(t => t.textContent))"
    found: list[list[str]] = page.locator(".lfz-tokenizers .lfz-tokens").evaluate_all(script)
    return found


def test_the_stepper_shows_each_step_by_keyboard_and_button(notebook: Any) -> None:
    page = notebook.page
    expected = merge_stepper(WORDS).steps
    assert said(page) == sentence(expected, 3)
    press(page.get_by_role("slider", name="merges made"), "ArrowRight", "ArrowRight")
    settled(page, lambda: said(page) == sentence(expected, 5), False)
    rows = page.locator(".lfz-merges .lfz-tokens").evaluate_all(
        "rows => rows.map(r => [...r.querySelectorAll('.lfz-token')].map(t => t.textContent))"
    )
    assert rows == [[text for text, _ in word] for word in expected[5].words]
    assert set(page.locator(".lfz-fresh").all_inner_texts()) == {"small"}
    page.get_by_role("button", name="back").click()
    settled(page, lambda: said(page) == sentence(expected, 4), False)
    press(page.get_by_role("slider", name="merges made"), "End")
    settled(page, lambda: said(page) == sentence(expected, 9), False)
    assert page.get_by_role("button", name="next merge").is_disabled()
    from_python(notebook, "stepper.step = 3")
    settled(page, lambda: said(page) == sentence(expected, 3), False)


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_typed_is_cut_as_python_cuts_it(notebook: Any, text: str) -> None:
    page = notebook.page
    expected = list(tokenizer_comparison(text, merges=MERGES).compute().values())
    page.get_by_label("Your text").fill(text)
    settled(page, lambda: shown(page) == expected, False)


def test_typing_reaches_python(notebook: Any) -> None:
    page = notebook.page
    page.get_by_label("Your text").fill("")
    page.get_by_label("Your text").press_sequentially("ja and nein")
    for _ in range(60):
        if notebook.execute("print(comparison.text)").strip() == "ja and nein":
            return
        page.wait_for_timeout(100)
    pytest.fail("the text did not arrive in Python")


def test_it_cuts_while_the_kernel_is_busy(notebook: Any) -> None:
    page = notebook.page
    kernel = "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel"
    page.evaluate(f"() => {{ {kernel}.requestExecute({{code: 'import time; time.sleep(4)'}}); }}")
    page.wait_for_function(f"() => {kernel}.status === 'busy'")
    page.get_by_label("Your text").fill("a busy kernel")
    settled(page, lambda: shown(page)[1] == ["a", "busy", "kernel"], False)
    assert page.evaluate(f"() => {kernel}.status") == "busy"
    page.wait_for_function(f"() => {kernel}.status === 'idle'")


def test_every_control_has_a_name(notebook: Any) -> None:
    for root in notebook.page.locator(".lfz").all():
        assert root.evaluate(UNNAMED) == []


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
@pytest.mark.parametrize("width", [1280, 620])
def test_legible_in_each_theme_and_width(open_notebook: Any, theme: str, width: int) -> None:
    opened = open_notebook([STEPPER, COMPARISON], theme=theme, width=width, height=1500)
    page = opened.page
    page.wait_for_selector(".lfz-merges .lfz-token")
    page.wait_for_selector(".lfz-tokenizers .lfz-token")
    page.get_by_label("Your text").fill("An unwatchable café, née 电影院! 🙂 " + "x" * 80)
    page.wait_for_timeout(300)
    shots = os.environ.get("SHOTS")
    for card in page.locator(".lfz").all():
        assert card.evaluate("node => node.scrollWidth <= node.clientWidth + 1")
        assert card.evaluate(OVERLAPS) == []
        if shots:
            kind = "merges" if "lfz-merges" in (card.get_attribute("class") or "") else "tokenizers"
            card.screenshot(path=Path(shots) / f"{kind}_{theme.split()[1].lower()}_{width}.png")
    assert opened.errors == []
    assert opened.outside == []
