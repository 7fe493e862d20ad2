"""Training dashboard, reliability and batching explorer in a real JupyterLab: live, by keyboard, with Python's numbers.

Set ``SHOTS`` to a folder to get screenshots.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from course.visualizers import batching_explorer, reliability_explorer
from course.visualizers.batching import summarize
from course.visualizers.batching_picture import ms, story, verdict
from course.visualizers.reliability_picture import leaning, measures
from course.visualizers.reliability_picture import verdict as answer
from tests.browser.test_visualizers import OVERLAPS, UNNAMED, from_python, press, settled

if TYPE_CHECKING:
    from playwright.sync_api import Page

LOGITS = [[((7 * i) % 23) / 4 - 2.5, ((5 * i) % 19) / 4 - 2.0] for i in range(160)]
LABELS = [int(b > a) if i % 4 else i % 8 // 4 for i, (a, b) in enumerate(LOGITS)]

TRAINING = """
import math
from course.visualizers import TrainingDashboard
board = TrainingDashboard(120, metrics=("loss", "validation_loss", "learning_rate", "accuracy"))
def train(first, last):
    for step in range(first, last):
        board.log(step, loss=2 * math.exp(-step / 30) + 0.2 + 0.1 * math.sin(step * step), learning_rate=step / 1e6)
        if step % 20 == 19:
            board.log(step, validation_loss=2 * math.exp(-step / 25) + 0.4, accuracy=1 - math.exp(-step / 30) / 2)
    board.finish()
train(0, 80)
board
"""
RELIABILITY = f"""
from course.visualizers import reliability_explorer
reliability = reliability_explorer({LOGITS}, {LABELS})
reliability
"""
BATCHING = "from course.visualizers import batching_explorer\nbatching = batching_explorer(request=20)\nbatching"
CELLS = [TRAINING, RELIABILITY, BATCHING]
NAMES = ("training", "reliability", "batching")


def wait_for_all(page: Page) -> None:
    page.wait_for_selector(".lfz-training polyline")
    page.wait_for_selector(".lfz-reliability .lfz-bin")
    page.wait_for_selector(".lfz-batching .lfz-request")


@pytest.fixture(scope="module")
def notebook(open_shared_notebook: Any) -> Any:
    opened = open_shared_notebook(CELLS)
    wait_for_all(opened.page)
    return opened


def said(page: Page, name: str) -> str:
    return str(page.locator(f".lfz-{name} .lfz-says").first.inner_text())


# training


def line(page: Page, kind: str = "lfz-main") -> str:
    return str(page.locator(f".lfz-training polyline.{kind}[data-curve=loss]").get_attribute("points"))


def pace(page: Page) -> str:
    return str(page.locator(".lfz-pace").inner_text())


def test_curves_grow_and_smoothing_works_while_the_loop_runs(open_notebook: Any) -> None:
    notebook = open_notebook([TRAINING])
    page = notebook.page
    page.wait_for_selector(".lfz-training polyline")
    assert pace(page).startswith("80 of 120 steps")
    before = line(page)
    slow = "import time\nfor step in range(80, 110):\n    time.sleep(0.15); train(step, step + 1)"
    kernel = "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel"
    page.evaluate(f"(code) => {{ {kernel}.requestExecute({{code}}); }}", slow)
    grown = settled(page, lambda: line(page), before)
    assert settled(page, lambda: line(page), grown) != before
    press(page.get_by_role("slider", name="smoothing"), "End")
    page.wait_for_selector(".lfz-training polyline.lfz-raw")
    assert page.evaluate(f"() => {kernel}.status") == "busy"
    page.wait_for_function(f"() => {kernel}.status === 'idle'")
    page.wait_for_timeout(500)
    assert notebook.execute("print(board.smoothing)") == "0.99"
    assert pace(page).startswith("110 of 120 steps · ")
    assert pace(page).endswith(" left")
    assert notebook.errors == []


def test_training_by_keyboard_and_from_python(notebook: Any) -> None:
    page = notebook.page
    from_python(notebook, "board.smoothing, board.log_scale = 0.0, False")
    settled(page, lambda: page.locator(".lfz-training .lfz-raw").count() == 0, False)
    plain = line(page)
    press(page.get_by_role("checkbox", name="logarithmic loss"), "Space")
    logarithmic = settled(page, lambda: line(page), plain)
    press(page.get_by_role("slider", name="smoothing"), *["PageUp"] * 5)
    settled(page, lambda: line(page), logarithmic)
    page.wait_for_timeout(400)
    assert notebook.execute("print(board.log_scale, board.smoothing > 0.3)") == "True True"
    from_python(notebook, "board.smoothing, board.log_scale = 0.0, False")
    settled(page, lambda: line(page) == plain, False)


def test_the_smoothed_line_is_the_one_that_the_static_picture_draws(notebook: Any) -> None:
    page = notebook.page
    from_python(notebook, "board.smoothing = 0.9")
    settled(page, lambda: page.locator(".lfz-training .lfz-raw").count() == 1, False)
    code = (
        "from course.visualizers.training import smoothed, thinned\n"
        "line = smoothed(thinned(board.history['loss']), 0.9)\n"
        "raw = [value for name in ('loss', 'validation_loss') for _, value in thinned(board.history[name])]\n"
        "room = (max(raw) - min(raw)) * 0.05\n"
        "low, high = min(raw) - room, max(raw) + room\n"
        "print(*[f'{22 + (high - value) / (high - low) * 230:.1f}' for _, value in line])"
    )
    expected = [float(height) for height in notebook.execute(code).split()]
    drawn = [float(point.split(",")[1]) for point in line(page).split()]
    assert drawn == pytest.approx(expected, abs=0.11)
    from_python(notebook, "board.smoothing = 0.0")


def test_every_word_on_the_axes_is_one_of_the_static_picture(notebook: Any) -> None:
    texts = notebook.page.locator(".lfz-training svg text").all_text_contents()
    static = notebook.execute("print(board.static())")
    assert len(texts) > 15
    assert [text for text in texts if f">{text}</text>" not in static] == []


def test_a_loss_that_is_not_finite_is_named_and_the_words_are_pythons(open_notebook: Any) -> None:
    notebook = open_notebook(
        [TRAINING, "for step in range(80, 90):\n    board.log(step, loss=math.nan)\nboard.finish()"]
    )
    page = notebook.page
    page.wait_for_selector(".lfz-training text.lfz-broken")
    assert page.locator(".lfz-alarms").inner_text() == (
        "loss is NaN at step 80, and 9 more; the last finite one before was at step 79."
    )
    sentences = notebook.execute("print(board.payload()['says'])")
    assert str(said(page, "training").split("\n")) == sentences
    if os.environ.get("SHOTS"):
        page.locator(".lfz-training").screenshot(path=Path(os.environ["SHOTS"]) / "training_nan.png")
    assert page.locator(".lfz-training").evaluate(OVERLAPS) == []


# reliability


def expected_reliability(temperature: float, bins: int) -> tuple[list[str], str]:
    found = reliability_explorer(LOGITS, LABELS, bins, temperature).compute()
    return [value for _, value, _ in measures(found)], f"{answer(found)}\n{leaning(found)}"


def shown_reliability(page: Page) -> tuple[list[str], str]:
    return page.locator(".lfz-reliability .lfz-measure").all_text_contents(), said(page, "reliability")


def test_reliability_by_keyboard_and_from_python(notebook: Any) -> None:
    page = notebook.page
    from_python(notebook, "reliability.temperature, reliability.bins = 1.0, 10")
    settled(page, lambda: shown_reliability(page) == expected_reliability(1.0, 10), False)
    press(page.get_by_role("slider", name="temperature"), "End")
    settled(page, lambda: shown_reliability(page) == expected_reliability(10.0, 10), False)
    press(page.get_by_role("slider", name="bins"), "ArrowRight", "ArrowRight")
    settled(page, lambda: shown_reliability(page) == expected_reliability(10.0, 12), False)
    press(page.get_by_role("button", name="temperature 1"), "Enter")
    settled(page, lambda: shown_reliability(page) == expected_reliability(1.0, 12), False)
    page.wait_for_timeout(400)
    assert notebook.execute("print(reliability.temperature, reliability.bins)") in ("1 12", "1.0 12")
    for temperature, bins in ((0.1, 30), (0.63, 5), (2.2, 15)):
        from_python(notebook, f"reliability.temperature, reliability.bins = {temperature}, {bins}")
        settled(page, lambda at=(temperature, bins): shown_reliability(page) == expected_reliability(*at), False)


# batching


def expected_batching(**controls: Any) -> tuple[list[str], str]:
    explorer = batching_explorer(**controls)
    pair = explorer.compute()
    words = []
    for served in pair:
        found = summarize(served)
        words += [ms(found.p50), ms(found.p95), ms(found.p99), f"{found.throughput:.1f}", str(found.batches)]
    place = explorer.request - 1
    return words, "\n".join([*verdict(*pair), story(explorer, pair[0][place], pair[1][place])])


def shown_batching(page: Page) -> tuple[list[str], str]:
    return page.locator(".lfz-batching .lfz-result").all_text_contents(), said(page, "batching")


def test_batching_by_keyboard_and_from_python(notebook: Any) -> None:
    page = notebook.page
    from_python(notebook, "batching.max_wait_ms, batching.max_batch_size, batching.request = 20, 8, 20")
    settled(page, lambda: shown_batching(page) == expected_batching(request=20), False)
    press(page.get_by_role("slider", name="max wait"), *["ArrowRight"] * 3)
    settled(page, lambda: shown_batching(page) == expected_batching(request=20, max_wait_ms=23), False)
    press(page.get_by_role("slider", name="max batch size"), "Home")
    settled(
        page, lambda: shown_batching(page) == expected_batching(request=20, max_wait_ms=23, max_batch_size=1), False
    )
    press(page.get_by_role("slider", name="request", exact=True), "Home")
    expected = expected_batching(request=1, max_wait_ms=23, max_batch_size=1)
    settled(page, lambda: shown_batching(page) == expected, False)
    press(page.get_by_role("slider", name="requests/s"), "End")
    page.wait_for_timeout(500)
    load, wait, size, request = notebook.execute(
        "print(batching.load, batching.max_wait_ms, batching.max_batch_size, batching.request)"
    ).split()
    assert float(load) == pytest.approx(10 * batching_explorer().load, rel=1e-3)
    assert (float(wait), size, request) == (23.0, "1", "1")
    for load, wait, size in ((31.7, 0, 5), (250, 80, 64), (900, 3.5, 16)):
        code = f"batching.load, batching.max_wait_ms, batching.max_batch_size = {load}, {wait}, {size}"
        from_python(notebook, code)
        expected = expected_batching(load=load, max_wait_ms=wait, max_batch_size=size)
        settled(page, lambda now=expected: shown_batching(page) == now, False)


def test_clicking_a_request_tells_its_story(notebook: Any) -> None:
    page = notebook.page
    from_python(
        notebook, "batching.load, batching.max_wait_ms, batching.max_batch_size, batching.request = 100, 20, 8, 1"
    )
    settled(page, lambda: "Request 1 comes" in said(page, "batching"), False)
    page.locator(".lfz-batching .lfz-request").nth(48 + 9).locator(".lfz-busy").click()
    settled(page, lambda: "Request 10 comes" in said(page, "batching"), False)
    page.wait_for_timeout(400)
    assert notebook.execute("print(batching.request)") == "10"


# all


@pytest.mark.parametrize("name", NAMES)
def test_every_control_has_a_name_and_can_be_reached_by_tab(name: str, notebook: Any) -> None:
    root = notebook.page.locator(f".lfz-{name}")
    assert root.evaluate(UNNAMED) == []
    inputs = root.locator("input:visible, button:visible")
    count = inputs.count()
    assert count == {"training": 2, "reliability": 3, "batching": 4}[name]
    inputs.first.focus()
    for place in range(count):
        assert inputs.nth(place).evaluate("node => node === document.activeElement")
        notebook.page.keyboard.press("Tab")


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
@pytest.mark.parametrize("width", [1280, 620])
def test_legible_in_each_theme_and_width(open_notebook: Any, theme: str, width: int) -> None:
    notebook = open_notebook(CELLS, theme=theme, width=width, height=1800)
    page = notebook.page
    wait_for_all(page)
    notebook.execute("board.smoothing, reliability.temperature = 0.8, 0.5")
    page.wait_for_selector(".lfz-training .lfz-raw")
    page.wait_for_timeout(200)
    for name in NAMES:
        card = page.locator(f".lfz-{name}[data-theme='{theme.split()[1].lower()}']")
        if os.environ.get("SHOTS"):
            card.screenshot(path=Path(os.environ["SHOTS"]) / f"{name}_{theme.split()[1].lower()}_{width}.png")
        assert card.evaluate(OVERLAPS) == []
        assert card.evaluate("node => node.scrollWidth <= node.clientWidth + 1")
    assert notebook.errors == []


def test_no_errors_and_nothing_from_elsewhere(notebook: Any) -> None:
    assert notebook.errors == []
    assert notebook.outside == []
