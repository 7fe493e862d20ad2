"""The SVG builder: exact text out, nothing that depends on the machine."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

from course.visualizers import svg


def test_numbers_are_short_and_never_negative_zero() -> None:
    written = [svg.number(value) for value in (1.0, 0.5, 1 / 3, -0.001, 12.999, 100, -2.5)]
    assert written == ["1", "0.5", "0.33", "0", "13", "100", "-2.5"]


def test_text_is_escaped() -> None:
    canvas = svg.Canvas()
    canvas.text(1, 2, "a < b & c", tip='"<tip>"')
    picture = canvas.picture(10, 10, 'A "name" & <more>')
    root = ET.fromstring(str(picture))
    text = root.find("{http://www.w3.org/2000/svg}text")
    assert text is not None
    assert text.text == "a < b & c"
    assert text[0].text == '"<tip>"'
    assert root.attrib["aria-label"] == 'A "name" & <more>'


def test_long_tokens_are_shortened_to_the_room_they_have() -> None:
    assert svg.shorten("cat", 12, 60) == "cat"
    short = svg.shorten("internationalization", 12, 60)
    assert short.endswith("…")
    assert svg.text_width(short, 12) <= 60
    assert svg.text_width("从零开始", 10) == 40


def test_a_picture_displays_itself_and_saves(tmp_path: Path) -> None:
    picture = svg.Canvas().picture(20, 10, "Empty")
    assert picture._repr_svg_() == str(picture)
    assert repr(picture) == "<picture: Empty, 20 × 10>"
    assert picture.save(tmp_path / "empty.svg").read_text(encoding="utf-8") == str(picture)
