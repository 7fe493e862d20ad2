"""Lesson 3's widgets in a real JupyterLab: everything by keyboard, and the result where Python finds it.

Set ``SHOTS`` to a folder to get screenshots.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from course.visualizers import near_duplicate_explorer

if TYPE_CHECKING:
    from playwright.sync_api import Page

CELLS = [
    (
        "from course.visualizers import labelling_widget\n"
        "labeller = labelling_widget(['A fine film.', 'Dull.', 'It has songs.'])\nlabeller"
    ),
    "from course.visualizers import near_duplicate_explorer\nnear = near_duplicate_explorer()\nnear",
]


@pytest.fixture(scope="module")
def notebook(open_shared_notebook: Any) -> Any:
    opened = open_shared_notebook(["1", *CELLS, "2"])
    opened.page.wait_for_selector(".lfz-labelling-text")
    opened.page.wait_for_selector(".lfz-near polyline")
    return opened


def keys(page: Page, *names: str) -> None:
    for name in names:
        page.keyboard.press(name)
    page.wait_for_timeout(400)  # the widget tells Python when the hand rests


def labels(notebook: Any) -> str:
    return str(notebook.execute("print(labeller.labels, labeller.position)"))


def shot(page: Page, name: str, selector: str) -> None:
    if os.environ.get("SHOTS"):
        page.locator(selector).screenshot(path=Path(os.environ["SHOTS"]) / f"{name}.png")


def test_labels_are_given_taken_back_and_found_by_python(notebook: Any) -> None:
    page = notebook.page
    notebook.execute("labeller.labels, labeller.position = [None] * 3, 0")
    page.wait_for_timeout(300)
    page.locator(".lfz-labelling-desk").focus()
    keys(page, "3", "1")
    assert "['positive', 'negative', None] 2" in labels(notebook)
    page.locator(".lfz-labelling-desk").focus()
    keys(page, "ArrowLeft", "0")
    assert "['positive', None, None] 1" in labels(notebook)
    shot(page, "labelling", ".lfz-labelling")
    assert "1 of 3 labelled" in page.locator(".lfz-labelling .lfz-says").inner_text()


def test_labels_can_be_given_with_buttons_alone(notebook: Any) -> None:
    page = notebook.page
    notebook.execute("labeller.labels, labeller.position = [None] * 3, 0")
    page.wait_for_timeout(300)
    page.get_by_role("button", name="2 neutral").focus()
    keys(page, "Enter")
    assert "['neutral', None, None] 1" in labels(notebook)
    assert page.locator(".lfz-labelling-text").inner_text() == "Dull."


def test_python_sets_what_the_widget_shows(notebook: Any) -> None:
    notebook.execute("labeller.labels, labeller.position = ['negative', None, 'positive'], 2")
    notebook.page.wait_for_timeout(300)
    assert notebook.page.locator(".lfz-labelling-text").inner_text() == "It has songs."
    assert notebook.page.get_by_role("button", name="3 positive").get_attribute("aria-pressed") == "true"


def test_the_explorers_numbers_are_those_of_python(notebook: Any) -> None:
    page = notebook.page
    says = page.locator(".lfz-near .lfz-says")
    slider = page.get_by_role("slider", name="shingle size")
    slider.focus()
    keys(page, "ArrowLeft", "ArrowLeft")
    page.get_by_role("slider", name="hash functions").focus()
    keys(page, "End")
    found = near_duplicate_explorer(size=3, hashes=256).compute()
    assert f"{found.common} of {found.together} shingles are common: J = {found.jaccard:.3f}." in says.inner_text()
    assert f"256 hash functions say {found.estimates()[-1]:.3f}" in says.inner_text()
    page.get_by_role("radio", name="strangers").focus()
    keys(page, "Space")
    assert "(3, 3, 256)" in notebook.execute("print((near.pair, near.size, near.hashes))")
    shot(page, "near_duplicates", ".lfz-near")
