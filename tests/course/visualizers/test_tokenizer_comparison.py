"""The tokenizer comparison: its cuts against the tokenizers themselves, and its picture."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import pytest

from course.resources import load_bert
from course.visualizers import tokenizer_comparison
from course.visualizers.arrays import PictureError
from course.visualizers.tokenizer_comparison import QUESTION, WAYS, TokenizerComparison

SMALL = {token: i for i, token in enumerate(("[UNK]", "a", "film", "##s", "!"))}
MERGES = [(97, 98), (32, 256), (256, 99)]


def small(text: str) -> TokenizerComparison:
    return tokenizer_comparison(text, merges=MERGES, vocabulary=SMALL)


def test_five_cuts_of_one_text() -> None:
    assert small("abc films! é").compute() == {
        "characters": ["a", "b", "c", "␣", "f", "i", "l", "m", "s", "!", "␣", "é"],
        "words": ["abc", "films!", "é"],
        "bytes": ["61", "62", "63", "20", "66", "69", "6C", "6D", "73", "21", "20", "C3", "A9"],
        "byte-pair encoding": ["abc", "␣", "f", "i", "l", "m", "s", "!", "␣", "C3", "A9"],
        "BERT's WordPiece": ["[UNK]", "film", "##s", "!", "[UNK]"],
    }


def test_its_wordpiece_is_berts() -> None:
    text = "An unwatchable CAFÉ, née 电影院! 5£ and file_name…"
    assert tokenizer_comparison(text).compute()["BERT's WordPiece"] == load_bert()[1].tokenize(text)


def test_setting_the_text_changes_the_picture() -> None:
    comparison = small("a film")
    before = str(comparison.static())
    comparison.text = "films"
    assert str(comparison.static()) != before == str(small("a film").static())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"text": "x" * 401}, "at most 400 characters"),
        ({"text": None}, "must be a string"),
        ({"text": "\ud83d"}, "half of a surrogate pair"),
        ({"text": "", "merges": [(97, 300)]}, "merge 0 joins"),
        ({"text": "", "vocabulary": {"a": 0}}, "must hold \\[UNK\\]"),
        ({"text": "", "vocabulary": {"[UNK]": 3}}, "without a gap"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(PictureError, match=said):
        tokenizer_comparison(**arguments)


@pytest.mark.parametrize("text", ["", "a film!", "x" * 400, "中文" * 200, "🙂 née " * 30])
def test_pictures_are_deterministic_named_and_fit_their_frame(text: str) -> None:
    comparison = small(text)
    svg = str(comparison.static())
    root = ET.fromstring(svg)
    assert root.attrib["aria-label"].startswith(f"{QUESTION}. Tokens. characters: {len(text)}")
    said = " ".join(root.itertext())
    assert all(way in said for way in WAYS)
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for element in root.iter("{http://www.w3.org/2000/svg}rect"):
        assert float(element.attrib["x"]) + float(element.attrib["width"]) <= width
        assert float(element.attrib["y"]) + float(element.attrib["height"]) <= height


def test_a_long_text_is_cut_short_and_says_so() -> None:
    said = " ".join(ET.fromstring(str(small("x" * 400).static())).itertext())
    assert "more" in said
    assert "400 tokens" in said
