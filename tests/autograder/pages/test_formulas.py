from __future__ import annotations

import re
import time
import xml.etree.ElementTree as ET

import pytest

from autograder.build.source import read_lesson
from autograder.pages.formulas import mathml
from autograder.places import ROOT, lesson_names


@pytest.mark.parametrize(
    ("latex", "parts"),
    [
        (r"\frac{QK^\top}{\sqrt{d_k}}", ["mfrac", "msqrt", "msup"]),
        (r"\begin{aligned} a &= b \\ c &= d \end{aligned}", ["mtable", "mtr", "mtd"]),
        (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", ["mtable"]),
        (r"\operatorname{softmax}(x)_i", ["msub"]),
        (r"f(x) = \begin{cases} 0 & x < 0 \\ x & x \ge 0 \end{cases}", ["mtable"]),
    ],
)
def test_what_lessons_need_is_structure(latex: str, parts: list[str]) -> None:
    made = mathml(latex)
    assert made is not None
    tags = {element.tag.partition("}")[2] for element in ET.fromstring(made).iter()}
    assert set(parts) <= tags


def test_limits_stand_below_and_above_in_a_line_of_their_own() -> None:
    assert "<munderover>" in str(mathml(r"\sum_{i=1}^{n} x_i", display=True))
    assert "<msubsup>" in str(mathml(r"\sum_{i=1}^{n} x_i"))
    assert 'display="block"' in str(mathml("x", display=True))


@pytest.mark.parametrize(
    "latex",
    [r"\text{<img src=x onerror=alert(1)>}", "<script>alert(1)</script>", r"\text{</math><script>}", "a < b & c"],
)
def test_markup_in_a_formula_is_text(latex: str) -> None:
    made = mathml(latex)
    assert made is None or not re.search(r"<(?!/?m)|&(?!amp;|lt;|gt;)", made)


@pytest.mark.parametrize("latex", [r"\href{javascript:alert(1)}{x}", r"\style{position:fixed}{x}", r"\class{score}{x}"])
def test_attributes_that_act_are_left_out(latex: str) -> None:
    made = str(mathml(latex))
    assert not re.search(r"href|style|class", made)


@pytest.mark.parametrize("latex", ["", "  ", r"\frac{", r"\nosuchthing x", "{" * 3_000, r"\frac" * 900, "x" * 5_001])
def test_what_cannot_be_read_is_no_formula(latex: str) -> None:
    started = time.process_time()
    assert mathml(latex) is None
    assert time.process_time() - started < 5


def test_every_formula_of_every_lesson_can_be_read() -> None:
    found = 0
    for name in lesson_names():
        for cell in read_lesson(ROOT / "solutions" / name / "lesson.py", name):
            if cell.kind == "markdown":
                for block, inline in re.findall(r"\$\$(.+?)\$\$|(?<![\\$`])\$([^$\n]+)\$", cell.source, re.DOTALL):
                    found += 1
                    assert mathml(block or inline, display=bool(block)) is not None, block or inline
    assert found > 50
