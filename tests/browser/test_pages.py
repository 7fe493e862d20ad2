"""What people read of a submission, in Chromium: full of payloads, and nothing runs, nothing is loaded.

Set ``SHOTS`` to a folder to get screenshots.
"""

from __future__ import annotations

import mimetypes
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import pytest
import torch
from nbformat import NotebookNode

from autograder.classroom.folder import REPOSITORY
from course.checking.judge import judge
from course.checking.key import read_key
from course.checking.observe import observe
from course.visualizers.tensor_pair import tensor_pair_svg
from tests.attacks.harm._markup import STATIC, feedback_page, formgrader_page, hostile

FORMULAS = r"""
## Formulas

Inline $\operatorname{softmax}(x)_i = e^{x_i} / \sum_j e^{x_j}$ and by itself

$$\text{Attention}(Q, K, V) = \operatorname{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right) V$$

\begin{align}
L &= -\sum_{t=1}^{T} \log p(x_t) \\
W &\in \mathbb{R}^{n \times d}
\end{align}

and one that nobody can read: $\frac{a}{$.
"""
BREACHED = "() => window.breached || 0"


@dataclass
class Opened:
    """A page, and what it did: the addresses that it asked for, what it ran, what its policy had to stop."""

    page: Any
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


Open = Callable[[str], Opened]


@pytest.fixture
def visit(chromium: Any) -> Iterator[Open]:
    """Opens HTML as if Jupyter's server had sent it; only Formgrader's own files are there, and nothing else is."""
    contexts = []

    def visited(markup: str) -> Opened:
        context = chromium.new_context(viewport={"width": 1100, "height": 1400}, permissions=[])
        contexts.append(context)
        made = Opened(context.new_page())

        def answer(route: Any) -> None:
            path = route.request.url.removeprefix("http://classroom.test/formgrader/static/")
            if route.request.url == "http://classroom.test/page/":
                route.fulfill(body=markup, content_type="text/html; charset=utf-8")
            elif path != route.request.url and ".." not in path and (STATIC / path).is_file():
                route.fulfill(body=(STATIC / path).read_bytes(), content_type=mimetypes.guess_type(path)[0])
            else:
                made.asked.append(route.request.url)
                route.abort()

        context.route("**/*", answer)
        made.page.on("dialog", lambda dialog: (made.said.append(f"dialog {dialog.message}"), dialog.dismiss()))
        made.page.on("console", lambda message: made.said.append(f"{message.type}: {message.text}"))
        made.page.on("popup", lambda popup: made.said.append(f"popup {popup.url}"))
        made.page.goto("http://classroom.test/page/")
        made.page.wait_for_timeout(300)
        return made

    yield visited
    for context in contexts:
        context.close()


def shot(opened: Opened, name: str) -> None:
    folder = os.environ.get("SHOTS")
    if folder:
        opened.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def graded() -> NotebookNode:
    """An answered notebook with formulas, cards, drawings and a table, as grading leaves it."""
    notebook = nbformat.read(REPOSITORY / "course" / "05_attention" / "05_attention.ipynb", as_version=4)
    notebook.cells = [cell for cell in notebook.cells if cell.cell_type == "code"][:8]
    notebook.cells.insert(0, nbformat.v4.new_markdown_cell(FORMULAS, id="formulas"))
    key = read_key(REPOSITORY / "course" / "05_attention" / "key" / "softmax.json")
    verdict = judge(key, observe(key.questions(), lambda x, dim=-1: torch.softmax(x, 0)))
    drawing = tensor_pair_svg(torch.rand(3, 4), torch.rand(3, 4))
    table = (
        "<div><style scoped>.dataframe tbody tr th {vertical-align: top}</style><table border='1' class='dataframe'>"
        "<thead><tr style='text-align: right'><th></th><th>loss</th></tr></thead><tbody><tr><th>0</th><td>0.5</td></tr>"
        "</tbody></table></div>"
    )
    shown = [
        {"text/plain": repr(verdict), "text/html": verdict._repr_html_()},
        {"image/svg+xml": drawing, "text/plain": "<drawing>"},
        {"text/html": table, "text/plain": "loss"},
        {"text/latex": r"$\displaystyle x^{2}$", "text/plain": "x**2"},
    ]
    cell = nbformat.v4.new_code_cell("check('softmax', softmax)", id="cards")
    cell.outputs = [nbformat.v4.new_output("display_data", data) for data in shown]
    notebook.cells.insert(1, cell)
    return notebook


MATH = """() => [...document.querySelectorAll('math')].map(math => {
    const box = math.getBoundingClientRect();
    return [box.width, box.height, math.querySelectorAll('mfrac, msub, msup, msubsup, mtable').length];
})"""
PICTURES = """() => [...document.querySelectorAll('#notebook img')].map(
    image => [image.complete, image.naturalWidth, image.getBoundingClientRect().width]
)"""


def test_formulas_cards_and_drawings_are_shown_and_nothing_is_asked_for(visit: Open) -> None:
    opened = visit(feedback_page(graded()))
    shot(opened, "feedback")
    assert opened.asked == []
    assert opened.said == []
    formulas = opened.page.evaluate(MATH)
    assert len(formulas) == 4
    assert all(width > 5 and height > 5 and structure for width, height, structure in formulas)
    assert opened.page.evaluate("() => document.querySelector('math[display=block] mfrac').children.length") == 2
    pictures = opened.page.evaluate(PICTURES)
    assert len(pictures) >= 2
    assert all(complete and natural > 50 and shown > 50 for complete, natural, shown in pictures)
    text = opened.page.inner_text("body")
    for words in ("Not yet", "Score:", "loss", r"$\frac{a}{$", "cases right"):
        assert words in text
    assert ".dataframe tbody" not in text
    card = opened.page.locator("[role=group]").first
    assert card.evaluate("e => getComputedStyle(e).borderLeftWidth") == "5px"


def everything_that_can_be_clicked(opened: Opened) -> None:
    script = """() => document.querySelectorAll('#notebook *').forEach(element => {
        for (const name of ['mouseover', 'focus', 'toggle', 'animationstart', 'begin', 'error', 'load'])
            element.dispatchEvent(new Event(name, {bubbles: true}));
        if (element.tagName !== 'A' || !/^https?:|^mailto:/.test(element.href)) element.click?.();
    })"""
    opened.page.evaluate(script)
    opened.page.wait_for_timeout(300)


def test_nothing_runs_and_nothing_is_loaded_on_a_feedback_page(visit: Open) -> None:
    opened = visit(feedback_page(hostile(graded())))
    shot(opened, "hostile")
    everything_that_can_be_clicked(opened)
    assert opened.page.evaluate(BREACHED) == 0
    assert opened.asked == []
    assert opened.said == []
    assert opened.page.url.startswith("http://classroom.test/page/")
    assert opened.page.title() == "92_attacked"
    assert opened.page.locator("script, iframe, object, embed, form, input, base").count() == 0


def test_the_policy_is_a_wall_of_its_own(visit: Open) -> None:
    """A script that got into the page all the same would not run, nor a picture from elsewhere be asked for."""
    page = feedback_page(graded())
    evil = "<script>window.breached = 1</script><img src='http://beacon.invalid/x.png' onerror='window.breached = 2'>"
    assert "</body>" in page
    opened = visit(page.replace("</body>", evil + "</body>"))
    assert opened.page.evaluate(BREACHED) == 0
    assert opened.asked == []
    assert any("Content Security Policy" in line for line in opened.said)
    # … and this test would see it if it did.
    policy = page.partition('<meta content="default-src')[2].partition(">")[0]
    assert policy
    bare = page.replace('<meta content="default-src' + policy + ">", "")
    opened = visit(bare.replace("</body>", evil + "</body>"))
    assert opened.page.evaluate(BREACHED) > 0
    assert set(opened.asked) == {"http://beacon.invalid/x.png"}


def test_formgrader_works_and_runs_nothing_of_a_learners(visit: Open) -> None:
    notebook = graded()
    plain = visit(formgrader_page(notebook))
    honest = plain.page.locator(".score").count()
    shot(plain, "formgrader")
    assert honest > 0
    # Its own scripts are there and run under the policy.
    assert plain.page.evaluate("() => typeof jQuery + typeof Backbone + typeof toggle_name") == "function" * 1 + (
        "object" + "function"
    )
    assert not [line for line in plain.said if "Content Security Policy" in line]
    assert len(plain.page.evaluate(MATH)) == 4
    opened = visit(formgrader_page(hostile(notebook)))
    shot(opened, "formgrader-hostile")
    everything_that_can_be_clicked(opened)
    assert opened.page.evaluate(BREACHED) == 0
    assert not [url for url in (*plain.asked, *opened.asked) if not url.startswith("http://classroom.test/")]
    assert opened.page.locator(".score").count() == honest
    assert not [line for line in opened.said if "Content Security Policy" in line]
