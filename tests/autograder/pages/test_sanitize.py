from __future__ import annotations

import base64
import re
import time

import pytest
from bs4 import BeautifulSoup

from autograder.pages.markdown import render
from autograder.pages.sanitize import MAX_TAGS, clean_html
from course.visualizers.tensor_pair import tensor_pair_svg
from tests.attacks.harm._markup import HTML, MARKDOWN, dangers


@pytest.mark.parametrize("markup", HTML)
def test_nothing_that_acts_is_left_of_html(markup: str) -> None:
    assert dangers(clean_html(markup), "") == []


def test_what_is_cleaned_would_act() -> None:
    assert sum(bool(dangers(markup, "")) for markup in HTML) > len(HTML) - 5


@pytest.mark.parametrize("source", MARKDOWN)
def test_nothing_that_acts_is_left_of_markdown(source: str) -> None:
    assert dangers(render(source), "") == []


@pytest.mark.parametrize(
    ("style", "kept"),
    [
        ("color: red; position: fixed", "color: red;"),
        ("margin: -10px", ""),
        ("margin: calc(0px - 10px)", ""),
        ("border: 1px solid var(--jp-border-color2,#d0d7de)", "border: 1px solid var(--jp-border-color2,#d0d7de);"),
        ("list-style: none; list-style: url(http://x)", "list-style: none;"),
        ("background-color: url(http://x)", ""),
        ("width: 99999px", ""),
        ("font-family: 'a', system-ui", "font-family: 'a', system-ui;"),
        ("co\\6cor: red; --x: 1; color: expression(1)", "color: red;"),
    ],
)
def test_styles_load_cover_and_move_nothing(style: str, kept: str) -> None:
    paragraph = BeautifulSoup(clean_html(f'<p style="{style}">x</p>'), "html.parser").p
    assert paragraph is not None
    assert re.sub(r"[\s;]", "", str(paragraph.get("style", ""))).replace('"', "'") == re.sub(r"[\s;]", "", kept)


def test_a_drawing_becomes_a_picture_of_the_same_drawing() -> None:
    drawing = tensor_pair_svg([[1.0, 2.0]], [[1.0, 3.0]])
    cleaned = clean_html(f"<div>{drawing}</div>")
    assert "<svg" not in cleaned
    data = re.search(r"base64,([^\"']+)", cleaned)
    assert data is not None
    inside = base64.b64decode(data[1]).decode()
    assert 'viewBox="' in inside
    assert 'xmlns="http://www.w3.org/2000/svg"' in inside
    assert re.search(r'alt="[^"]*expected', cleaned, re.IGNORECASE)


def test_tables_keep_their_form_and_lose_their_style_sheet() -> None:
    rows = '<table border="1" class="dataframe"><tr><td colspan="2">x</td></tr></table>'
    cleaned = clean_html("<style scoped>td {color: red}</style>" + rows)
    assert 'class="dataframe"' in cleaned
    assert 'colspan="2"' in cleaned
    assert "color" not in cleaned
    assert 'class="btn"' not in clean_html('<p class="btn score">x</p>')
    assert "id=" not in clean_html('<p id="check-softmax">x</p>')


@pytest.mark.parametrize("markup", ["<b>" * 15_000, "<p>" * (MAX_TAGS + 1), "x" * 2_000_000, "<div>" * 90])
def test_too_much_is_refused(markup: str) -> None:
    with pytest.raises(ValueError, match="markup"):
        clean_html(markup)


@pytest.mark.parametrize(
    "source",
    [
        "[" * 20_000, "$" * 19_999, "`" * 19_999, "> " * 9_999, "\\begin{a}" * 2_000, "* " * 9_999, "<" * 19_999,
        "![" * 9_000, "**a" * 6_000, "$x$" * 3_000, "|a" * 9_000 + "\n" + "|-" * 9_000, "x" * 30_000,
    ],
)  # fmt: skip
def test_no_text_takes_long(source: str) -> None:
    started = time.process_time()
    assert render(source)
    assert time.process_time() - started < 20


def test_formulas_code_and_tables_of_markdown() -> None:
    shown = render("# T $x^2$\n\n`$y$` and **b**\n\n| a |\n|---|\n| $z_1$ |\n\n```python\nx = 1\n```\n\n![a](x.png)")
    assert shown.count("<math") == 2
    assert "<code>$y$</code>" in shown
    assert '<span class="n">x</span>' in shown
    assert "x.png" not in shown


def test_attached_pictures_are_shown() -> None:
    assert 'src="data:image/png;base64,AAAA"' in render("![p](attachment:p.png)", {"p.png": {"image/png": "AAAA"}})
