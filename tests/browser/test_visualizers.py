"""The explorers in a real JupyterLab: all controls by keyboard, numbers as Python has them, nothing from elsewhere.

Set ``SHOTS`` to a folder to get screenshots of both in light and dark, wide and narrow.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from course.visualizers import attention_explorer, masking_explorer, positions, sampling_explorer

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

ATTENTION = ["from course.visualizers import attention_explorer\nattention = attention_explorer(head=3)\nattention"]
POSITIONS = ["from course.visualizers import positions_explorer\npositions = positions_explorer()\npositions"]
SAMPLING = ["from course.visualizers import sampling_explorer\nsampling = sampling_explorer()\nsampling"]
MASKING = ["from course.visualizers import masking_explorer\nmasking = masking_explorer()\nmasking"]

# Texts that are drawn over one another: unturned, visible, and sharing more than a hair of area.
OVERLAPS = """(root) => {
  const shown = [...root.querySelectorAll('svg text, .lfz-row > span, .lfz-question, .lfz-note, .lfz-says > *, output')]
    .filter((node) => !node.getAttribute('transform') && node.textContent.trim() && node.checkVisibility())
    .map((node) => ({ text: node.textContent, box: node.getBoundingClientRect() }));
  const found = [];
  shown.forEach((a, i) => shown.slice(i + 1).forEach((b) => {
    const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
    const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
    const small = Math.min(a.box.height, b.box.height);
    if (wide > 1.5 && high > small * 0.4) found.push(`${a.text} / ${b.text}`);
  }));
  return found;
}"""

UNNAMED = """(root) => [...root.querySelectorAll('input, button, select, [role]')]
  .filter((node) => node.checkVisibility())
  .filter((node) => !node.getAttribute('aria-label') && !node.labels?.[0]?.textContent && !node.textContent.trim())
  .map((node) => node.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def attention(open_shared_notebook: Any) -> Any:
    notebook = open_shared_notebook(["1", *ATTENTION, "2"])
    notebook.page.wait_for_selector(".lfz-attention .lfz-row")
    return notebook


@pytest.fixture(scope="module")
def places(open_shared_notebook: Any) -> Any:
    notebook = open_shared_notebook(["1", *POSITIONS, "2"])
    notebook.page.wait_for_selector(".lfz-positions svg image")
    return notebook


@pytest.fixture(scope="module")
def sampling(open_shared_notebook: Any) -> Any:
    notebook = open_shared_notebook(["1", *SAMPLING, "2"])
    notebook.page.wait_for_selector(".lfz-sampling .lfz-token")
    return notebook


@pytest.fixture(scope="module")
def masking(open_shared_notebook: Any) -> Any:
    notebook = open_shared_notebook(["1", *MASKING, "2"])
    notebook.page.wait_for_selector(".lfz-masking tbody tr")
    return notebook


def settled(page: Page, read: Callable[[], Any], different_from: Any) -> Any:
    """What ``read`` gives once it differs from what it gave before; fails after five seconds."""
    for _ in range(100):
        now = read()
        if now != different_from:
            return now
        page.wait_for_timeout(50)
    pytest.fail("the drawing did not change")


def fills(page: Page) -> list[str]:
    return page.locator(".lfz-attention g rect").evaluate_all("rects => rects.map(r => r.getAttribute('fill'))")


def row_values(page: Page) -> list[str]:
    return page.locator(".lfz-attention .lfz-value").all_inner_texts()


def expected_row(**controls: Any) -> list[str]:
    """The chosen row as Python computes it, in the widget's words."""
    explorer = attention_explorer(**controls)
    from course.visualizers.attention import allowed_keys

    allowed = allowed_keys(explorer.mask, len(explorer.tokens), explorer.padding)[explorer.row]
    row = explorer.compute()[explorer.row]
    return [f"{weight:.2f}" if may else "masked" for weight, may in zip(row, allowed, strict=True)]


def from_python(notebook: Any, code: str) -> None:
    """Sets controls from Python, after what the hand did has arrived there."""
    notebook.page.wait_for_timeout(400)
    assert notebook.execute(code) == ""


def reset(notebook: Any) -> None:
    """Puts every control back from Python, which also shows that the picture follows Python."""
    notebook.page.mouse.move(2, 2)
    from_python(
        notebook,
        "attention.head, attention.mask, attention.temperature = 3, 'none', 1.0\n"
        "attention.row, attention.scaled = 'it', True",
    )
    settled(notebook.page, lambda: row_values(notebook.page) == expected_row(head=3), False)


def selected_cell(page: Page) -> int:
    return int(page.evaluate("() => window.jupyterapp.shell.currentWidget.content.activeCellIndex"))


def press(control: Locator, *keys: str) -> None:
    """Focuses a control and presses keys, none of which may move JupyterLab's selection."""
    control.focus()
    cell = selected_cell(control.page)
    for key in keys:
        control.page.keyboard.press(key)  # not control.press, which would take the focus back each time
    assert selected_cell(control.page) == cell  # Lab left the keys to the control


# attention


def test_first_paint_shows_what_python_computes(attention: Any) -> None:
    reset(attention)
    assert row_values(attention.page) == expected_row(head=3)
    assert attention.page.locator(".lfz-attention .lfz-question").inner_text() == "Where does each token look?"
    assert "“it” looks at “cat” (0.72)" in attention.page.locator(".lfz-attention .lfz-spoken").inner_text()


def test_temperature_by_keyboard(attention: Any) -> None:
    reset(attention)
    page = attention.page
    slider = page.get_by_role("slider", name="Temperature")
    before = fills(page)
    press(slider, *["ArrowRight"] * 10)
    settled(page, lambda: fills(page), before)
    assert slider.get_attribute("aria-valuetext") == "1.58"
    assert row_values(page) == expected_row(head=3, temperature=10**0.2)
    press(slider, "Home")
    settled(page, lambda: row_values(page) == expected_row(head=3, temperature=0.1), False)


def test_masks_by_keyboard(attention: Any) -> None:
    reset(attention)
    page = attention.page
    hatch = page.locator(".lfz-attention .lfz-hatch")
    assert not hatch.get_attribute("d")
    for mask, masked in (("causal", 55), ("padding", 22), ("causal + padding", 58)):
        before = fills(page)
        press(page.get_by_role("radio", name=mask, exact=True), "Space")
        settled(page, lambda: fills(page), before)
        assert (hatch.get_attribute("d") or "").count("M") == masked
        assert row_values(page) == expected_row(head=3, mask=mask)
    press(page.get_by_role("radio", name="causal + padding"), "ArrowLeft", "ArrowLeft", "ArrowLeft")
    settled(page, lambda: not hatch.get_attribute("d"), False)
    assert page.get_by_role("radio", name="none").is_checked()
    assert row_values(page) == expected_row(head=3)


def test_heads_and_scaling_by_keyboard(attention: Any) -> None:
    reset(attention)
    page = attention.page
    press(page.get_by_role("radio", name="who is meant"), "ArrowLeft")
    settled(page, lambda: row_values(page) == expected_row(head=2), False)
    press(page.get_by_role("checkbox", name="divide scores by √d_k"), "Space")
    settled(page, lambda: row_values(page) == expected_row(head=2, scaled=False), False)


def test_rows_and_keys_by_keyboard(attention: Any) -> None:
    reset(attention)
    page = attention.page
    chosen = page.locator(".lfz-attention g[tabindex='0']")
    assert page.locator(".lfz-attention g[tabindex='0']").count() == 1
    press(chosen, "ArrowUp")
    settled(page, lambda: row_values(page) == expected_row(head=3, row=5), False)
    press(chosen, "Home", "ArrowDown")
    settled(page, lambda: row_values(page) == expected_row(head=3, row=1), False)
    press(chosen, "ArrowRight", "ArrowRight")
    detail = page.locator(".lfz-attention .lfz-detail")
    weight = attention_explorer(head=3).compute()[1, 1]
    settled(page, lambda: f"“cat” → “cat”: score 2.60, weight {weight:.2f}" in detail.inner_text(), False)
    press(chosen, "Escape")
    settled(page, detail.inner_text, detail.inner_text() or " ")
    assert page.locator(".lfz-attention g[aria-selected='true']").count() == 1


def test_pointing_previews_a_row_and_clicking_keeps_it(attention: Any) -> None:
    reset(attention)
    page = attention.page
    drank = page.locator(".lfz-attention g").nth(2)
    drank.locator("rect").nth(4).hover()
    settled(page, lambda: row_values(page) == expected_row(head=3, row=2), False)
    assert "“drank” → “milk”" in page.locator(".lfz-attention .lfz-detail").inner_text()
    page.mouse.move(2, 2)
    settled(page, lambda: row_values(page) == expected_row(head=3), False)
    drank.locator("rect").nth(4).click()
    page.mouse.move(2, 2)
    settled(page, lambda: row_values(page) == expected_row(head=3, row=2), False)


def test_python_and_picture_stay_in_step(attention: Any) -> None:
    reset(attention)
    page = attention.page
    press(page.get_by_role("radio", name="padding", exact=True), "Space")
    press(page.get_by_role("slider", name="Temperature"), "End")
    for _ in range(40):
        said = attention.execute("print(attention.mask, attention.temperature, attention.head)")
        if said == "padding 10 3":
            break
        page.wait_for_timeout(100)
    assert said == "padding 10 3"
    assert "Mask: padding · temperature 10.00" in attention.execute("print(attention.static())")


def test_it_goes_on_working_while_the_kernel_is_busy(attention: Any) -> None:
    reset(attention)
    page = attention.page
    page.evaluate(
        "() => { window.jupyterapp.shell.currentWidget.sessionContext.session.kernel"
        ".requestExecute({code: 'import time; time.sleep(4)'}); }"
    )
    page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'busy'"
    )
    press(page.get_by_role("slider", name="Temperature"), "End")
    settled(page, lambda: row_values(page) == expected_row(head=3, temperature=10), False)
    status = page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status")
    assert status == "busy"
    page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'idle'"
    )


# positions


def says(page: Page) -> str:
    return str(page.locator(".lfz-positions .lfz-says b").inner_text())


def test_table_by_keyboard(places: Any) -> None:
    page = places.page
    press(page.get_by_role("radio", name="table"), "Space")
    value = positions.encoding(10, 6, 64, 10_000)
    settled(page, lambda: says(page) == f"Position 10, dimension 6: {value:.2f}.".replace("-", "−"), False)
    image = page.locator(".lfz-positions image").get_attribute("href")
    press(page.get_by_role("slider", name="d_model"), "ArrowLeft")
    settled(page, lambda: page.locator(".lfz-positions image").get_attribute("href"), image)
    press(page.get_by_role("slider", name="base"), "ArrowLeft", "ArrowLeft")
    press(page.get_by_role("slider", name="position", exact=True), "ArrowRight", "ArrowRight")
    press(page.get_by_role("slider", name="dimension"), "ArrowLeft")
    value = positions.encoding(12, 5, 32, 100)
    settled(page, lambda: says(page) == f"Position 12, dimension 5: {value:.2f}.".replace("-", "−"), False)
    press(page.get_by_role("slider", name="d_model"), "Home")
    press(page.get_by_role("slider", name="dimension"), "End")
    value = positions.encoding(12, 7, 8, 100)
    settled(page, lambda: says(page) == f"Position 12, dimension 7: {value:.2f}.".replace("-", "−"), False)
    from_python(
        places, "positions.d_model, positions.base, positions.position, positions.dimension = 64, 10_000, 10, 6"
    )
    settled(page, lambda: "Position 10, dimension 6" in says(page), False)


def test_moving_both_positions_keeps_the_dot_product(places: Any) -> None:
    page = places.page
    press(page.get_by_role("radio", name="dot products"), "Space")
    settled(page, lambda: says(page), "")
    expected = "distance +4: dot product 23.93 of at most 32."
    settled(page, lambda: says(page) == f"Positions 10 and 14, {expected}", False)
    both = page.get_by_role("checkbox", name="move both together")
    press(both, "Space")
    press(page.get_by_role("slider", name="position", exact=True), *["ArrowRight"] * 5)
    settled(page, lambda: says(page) == f"Positions 15 and 19, {expected}", False)
    press(page.get_by_role("slider", name="other position"), "End")
    settled(page, lambda: says(page) == f"Positions 43 and 47, {expected}", False)
    press(both, "Space")
    press(page.get_by_role("slider", name="other position"), "Home")
    settled(page, lambda: "Positions 43 and 0, distance −43" in says(page), False)
    from_python(places, "positions.position, positions.other = 10, 14")
    settled(page, lambda: says(page) == f"Positions 10 and 14, {expected}", False)


def test_rotation_by_keyboard(places: Any) -> None:
    page = places.page
    press(page.get_by_role("radio", name="rotation (RoPE)"), "Space")
    score = positions.rotary_score(10, 14, positions.frequency(3, 64, 10_000))
    settled(page, lambda: f"q · k = {score:.2f}.".replace("-", "−") in says(page), False)
    arrows = page.locator(".lfz-positions g polygon")
    before = arrows.evaluate_all("all => all.map(a => a.getAttribute('points'))")
    press(page.get_by_role("slider", name="query's position"), "ArrowLeft")
    press(page.get_by_role("slider", name="pair"), "ArrowRight")
    score = positions.rotary_score(9, 14, positions.frequency(4, 64, 10_000))
    settled(page, lambda: f"q · k = {score:.2f}.".replace("-", "−") in says(page), False)
    assert arrows.evaluate_all("all => all.map(a => a.getAttribute('points'))") != before
    from_python(places, "positions.position, positions.dimension = 10, 6")


def test_pointing_into_the_table_chooses_a_cell(places: Any) -> None:
    page = places.page
    press(page.get_by_role("radio", name="table"), "Space")
    page.wait_for_selector(".lfz-positions[data-view='table']")
    box = page.locator(".lfz-positions image").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 20.5 / 64, box["y"] + box["height"] * 30.5 / 48)
    settled(page, lambda: says(page).startswith("Position 30, dimension 20:"), False)
    from_python(places, "positions.position, positions.dimension = 10, 6")


# sampling


def expected_results(**controls: Any) -> tuple[list[str], list[str]]:
    """The last column of the picture and its two sentences, as Python computes them."""
    from course.visualizers.sampling import ROWS
    from course.visualizers.sampling_picture import percent, summary

    explorer = sampling_explorer(**controls)
    found = explorer.distribution
    column = [percent(p) if place < found.kept else "cut" for place, p in enumerate(found.after[:ROWS])]
    return column, list(summary(explorer))


def shown_results(page: Page) -> tuple[list[str], list[str]]:
    column = page.locator(".lfz-sampling .lfz-result").all_text_contents()
    return column, page.locator(".lfz-sampling .lfz-says > *").all_inner_texts()


def test_sampling_by_keyboard(sampling: Any) -> None:
    page = sampling.page
    from_python(sampling, "sampling.temperature, sampling.top_k, sampling.top_p, sampling.draw = 1, 0, 1, 0.5")
    settled(page, lambda: shown_results(page) == expected_results(), False)
    press(page.get_by_role("slider", name="top-p"), *["ArrowLeft"] * 8)
    settled(page, lambda: shown_results(page) == expected_results(top_p=0.6), False)
    press(page.get_by_role("slider", name="top-p"), "End")
    press(page.get_by_role("slider", name="top-k"), "Home", "ArrowRight", "ArrowRight")
    settled(page, lambda: shown_results(page) == expected_results(top_k=3), False)
    press(page.get_by_role("slider", name="random u"), "End")
    settled(page, lambda: shown_results(page) == expected_results(top_k=3, draw=0.99), False)
    press(page.get_by_role("slider", name="temperature"), "Home")
    settled(page, lambda: shown_results(page) == expected_results(temperature=0.1, top_k=3, draw=0.99), False)
    assert page.get_by_role("slider", name="top-k").get_attribute("aria-valuetext") == "3"


def test_another_draw_changes_the_number_and_python_hears_of_it(sampling: Any) -> None:
    page = sampling.page
    from_python(sampling, "sampling.temperature, sampling.top_k, sampling.top_p, sampling.draw = 1, 0, 1, 0.999")
    settled(page, lambda: shown_results(page) == expected_results(draw=0.999), False)
    press(page.get_by_role("button", name="draw again"), "Space")
    settled(page, lambda: "u = 1.00" in shown_results(page)[1][1], True)
    page.wait_for_timeout(500)
    draw = float(sampling.execute("print(sampling.draw)"))
    assert shown_results(page) == expected_results(draw=draw)


# masking


def expected_table(**controls: Any) -> list[list[str]]:
    """Chosen tokens: what the model sees and what it is asked, as Python computes them."""
    return [[place.seen, place.label or ""] for place in masking_explorer(**controls).compute() if place.chosen]


def shown_table(page: Page) -> list[list[str]]:
    return page.locator(".lfz-masking tr.lfz-chosen").evaluate_all(
        "rows => rows.map(row => [row.cells[4].textContent, row.cells[5].textContent])"
    )


def test_masking_steps_by_keyboard(masking: Any) -> None:
    page = masking.page
    from_python(masking, "masking.step, masking.rate, masking.draw = 0, 0.15, 0")
    heads = page.locator(".lfz-masking th:not(.lfz-hidden)")
    settled(page, lambda: heads.count() == 1, False)
    for step, columns in ((1, 2), (2, 3), (3, 5), (4, 6)):
        press(page.get_by_role("slider", name="step"), "ArrowRight")
        settled(page, lambda n=columns: heads.count() == n, False)
        assert page.locator(".lfz-masking .lfz-title").inner_text() in str(masking_explorer(step=step).static())
    assert shown_table(page) == expected_table()
    assert page.get_by_role("button", name="next step").is_disabled()
    said = page.locator(".lfz-masking .lfz-says").inner_text()
    assert said == "3 of 14 ordinary tokens chosen: 1 masked, 1 random, 1 unchanged."
    press(page.get_by_role("slider", name="rate"), "End")
    settled(page, lambda: shown_table(page) == expected_table(rate=0.8), False)
    press(page.get_by_role("slider", name="numbers"), *["ArrowRight"] * 5)
    settled(page, lambda: shown_table(page) == expected_table(rate=0.8, draw=5), False)
    press(page.get_by_role("button", name="back"), "Space")
    settled(page, lambda: heads.count() == 5, False)
    page.wait_for_timeout(500)
    assert masking.execute("print(masking.step, masking.rate, masking.draw)") == "3 0.8 5"


# all


@pytest.mark.parametrize("name", ["attention", "places", "sampling", "masking"])
def test_every_control_has_a_name_and_can_be_reached_by_tab(name: str, request: pytest.FixtureRequest) -> None:
    notebook = request.getfixturevalue(name)
    root = notebook.page.locator(".lfz")
    assert root.evaluate(UNNAMED) == []
    inputs = root.locator("input:visible")
    assert inputs.count() >= (5 if name in ("attention", "places") else 3)
    assert inputs.evaluate_all("all => all.every(input => input.tabIndex >= 0)")
    ranges = root.locator("input[type=range]").evaluate_all("all => all.map(i => i.dataset.lmSuppressShortcuts)")
    assert set(ranges) == {"true"}
    # From the first control, Tab leads through all groups without leaving them behind.
    inputs.first.focus()
    reached = set()
    for _ in range(14):
        focused = "document.activeElement"
        around = f"() => ({focused}.closest('fieldset') ?? {focused}.closest('label'))?.textContent"
        reached.add(notebook.page.evaluate(around))
        notebook.page.keyboard.press("Tab")
    labels = root.locator("fieldset:visible, .lfz-slider:visible, .lfz-check:visible")
    assert set(labels.evaluate_all("all => all.map(node => node.textContent)")) <= reached


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
@pytest.mark.parametrize("width", [1280, 620])
def test_legible_in_each_theme_and_width(open_notebook: Any, theme: str, width: int) -> None:
    notebook = open_notebook(ATTENTION + POSITIONS, theme=theme, width=width, height=1500)
    page = notebook.page
    page.wait_for_selector(".lfz-attention .lfz-row")
    page.wait_for_selector(".lfz-positions image")
    assert page.locator(f".lfz[data-theme='{theme.split()[1].lower()}']").count() == 2
    shots = os.environ.get("SHOTS")
    kind = f"{theme.split()[1].lower()}_{width}"
    for view in ("table", "distance", "rotation"):
        page.locator(f".lfz-positions input[value={view}]").check()
        page.wait_for_selector(f".lfz-positions[data-view='{view}']")
        page.wait_for_timeout(200)
        assert page.locator(".lfz-positions").evaluate(OVERLAPS) == []
        if shots:
            page.locator(".lfz-positions").screenshot(path=Path(shots) / f"positions_{view}_{kind}.png")
    for mask in ("none", "causal + padding"):
        page.locator(f".lfz-attention input[value='{mask}']").check()
        page.wait_for_timeout(200)
        assert page.locator(".lfz-attention").evaluate(OVERLAPS) == []
        if shots:
            name = f"attention_{mask.replace(' + ', '_')}_{kind}.png"
            page.locator(".lfz-attention").screenshot(path=Path(shots) / name)
    # Nothing sticks out of its card.
    for card in page.locator(".lfz").all():
        assert card.evaluate("node => node.scrollWidth <= node.clientWidth + 1")
    assert notebook.errors == []


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
@pytest.mark.parametrize("width", [1280, 620])
def test_sampling_and_masking_are_legible_too(open_notebook: Any, theme: str, width: int) -> None:
    notebook = open_notebook(SAMPLING + MASKING, theme=theme, width=width, height=1500)
    page = notebook.page
    page.wait_for_selector(".lfz-sampling .lfz-token")
    page.wait_for_selector(".lfz-masking tbody tr")
    assert page.locator(f".lfz[data-theme='{theme.split()[1].lower()}']").count() == 2
    notebook.execute("sampling.top_p, sampling.draw, masking.step = 0.6, 0.42, 4")
    settled(page, lambda: page.locator(".lfz-masking .lfz-hidden").count() == 0, False)
    page.wait_for_timeout(200)
    shots = os.environ.get("SHOTS")
    for name in ("sampling", "masking"):
        card = page.locator(f".lfz-{name}")
        assert card.evaluate(OVERLAPS) == []
        for box in (card, *card.locator(".lfz-scroll").all()):
            assert box.evaluate("node => node.scrollWidth <= node.clientWidth + 1")
        if shots:
            card.screenshot(path=Path(shots) / f"{name}_{theme.split()[1].lower()}_{width}.png")
    assert notebook.errors == []


def test_the_theme_can_change_under_a_living_picture(open_notebook: Any) -> None:
    notebook = open_notebook(ATTENTION)
    page = notebook.page
    page.wait_for_selector(".lfz-attention[data-theme='light'] .lfz-row")
    before = fills(page)
    notebook.command("apputils:change-theme", theme="JupyterLab Dark")
    page.wait_for_selector(".lfz-attention[data-theme='dark']")
    settled(page, lambda: fills(page), before)


def test_two_explorers_on_one_page_do_not_share_their_controls(open_notebook: Any) -> None:
    notebook = open_notebook([*ATTENTION, "attention_explorer(mask='causal')", "attention"])
    page = notebook.page
    page.wait_for_function("() => document.querySelectorAll('.lfz-attention .lfz-row').length === 33")
    checked = page.locator(".lfz-strip input:checked").evaluate_all("all => all.map(input => input.value)")
    assert checked == ["none", "causal", "none"]
    page.locator(".lfz-attention").first.get_by_role("radio", name="padding", exact=True).check()
    # The third shows the same explorer as the first, so the two follow one another; the second is another one.
    settled(
        page,
        lambda: page.locator(".lfz-strip input:checked").evaluate_all("all => all.map(input => input.value)"),
        checked,
    )
    page.wait_for_function(
        "() => [...document.querySelectorAll('.lfz-strip input:checked')].map(i => i.value).join() === "
        "'padding,causal,padding'"
    )


def test_a_saved_notebook_holds_pictures_and_stable_text(open_notebook: Any) -> None:
    notebook = open_notebook([*ATTENTION, "attention.static()"])
    page = notebook.page
    page.wait_for_function("() => document.querySelector('.jp-RenderedSVG img')?.naturalWidth > 300")
    saved = notebook.save()
    shown = saved.cells[0].outputs[0].data
    assert shown["text/plain"] == "AttentionExplorer(11 × 11 tokens, 4 heads)"
    assert saved.cells[1].outputs[0].data["image/svg+xml"].startswith("<svg")
    assert "widgets" not in saved.metadata


def test_a_mistake_is_answered_by_one_sentence(open_notebook: Any) -> None:
    notebook = open_notebook([*ATTENTION, "attention.mask = 'sideways'"])
    shown = notebook.page.locator(".jp-OutputArea-output").last.inner_text()
    assert shown.startswith("Can't draw this: mask must be one of 'none', 'causal'")
    assert "Traceback" not in shown


@pytest.mark.parametrize("name", ["attention", "places", "sampling", "masking"])
def test_no_errors_and_nothing_from_elsewhere(name: str, request: pytest.FixtureRequest) -> None:
    notebook = request.getfixturevalue(name)
    assert notebook.errors == []
    assert notebook.outside == []
