"""The merge stepper: its steps against the definition of byte-pair encoding, and its picture."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import Any

import pytest

from course.visualizers import merge_stepper
from course.visualizers.arrays import PictureError
from course.visualizers.byte_level import byte_level_bpe, checked_merges, label, spellings
from course.visualizers.merge_stepper import QUESTION, sentence, training_steps
from course.visualizers.svg import text_width

TALL = {"tall": 4, "taller": 2, "small": 3, "smaller": 1, "fall": 2}
SVG = "{http://www.w3.org/2000/svg}"


def test_the_steps_are_those_worked_out_by_hand_in_lesson_4() -> None:
    steps = training_steps(TALL)
    assert [step.made for step in steps] == [
        "", "al", "all", "tall", "mall", "small", "er", "fall", "taller", "smaller",
    ]  # fmt: skip
    assert steps[0].pairs[:2] == [("a", "l", 12), ("l", "l", 12)]
    assert steps[4].words[3] == [("s", False), ("mall", True), ("e", False), ("r", False)]
    assert [step.num_tokens for step in steps] == [58, 46, 34, 28, 24, 20, 17, 15, 13, 12]
    assert steps[-1].pairs == []


def test_a_merge_saves_as_many_tokens_as_its_pair_occurred() -> None:
    steps = training_steps({"banana": 3, "bandana": 2, "nab": 1})
    for before, after in pairwise(steps):
        assert before.num_tokens - after.num_tokens == before.pairs[0][2]


def test_the_library_numbers_tokens_as_the_lesson_does() -> None:
    merges = [(97, 98), (256, 99), (195, 169)]
    assert byte_level_bpe(merges).encode("abc é ab").ids == [257, 32, 258, 32, 256]
    assert spellings(merges)[256:] == [b"ab", b"abc", "é".encode()]
    every_byte = "".join(map(chr, range(0x800))) + "中🙂"
    ids = byte_level_bpe([]).encode(every_byte).ids
    assert bytes(ids) == every_byte.encode()


def test_labels_show_what_cannot_be_seen() -> None:
    assert [label(raw) for raw in (b" a", b"\n", "é".encode(), b"\xc3", b"\xe4\xb8", b"\x00")] == [
        "␣a", "⏎", "é", "C3", "E4 B8", "00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"word_counts": {}}, "1 to 10 words"),
        ({"word_counts": ["tall"]}, "must be a dictionary"),
        ({"word_counts": {"two words": 1}}, "no word of 1 to 16 bytes"),
        ({"word_counts": {"x" * 17: 1}}, "no word of 1 to 16 bytes"),
        ({"word_counts": {"tall": 0}}, "count of 'tall' must be a whole number"),
        ({"word_counts": {"tall": True}}, "count of 'tall' must be a whole number"),
        ({"word_counts": TALL, "step": 10}, "step must be a whole number from 0 to 9"),
        ({"word_counts": TALL, "step": 1.5}, "step must be a whole number"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(PictureError, match=said):
        merge_stepper(**arguments)


@pytest.mark.parametrize("merges", [[(97, 256)], [(97,)], [(-1, 3)], "ab", [(97, 98), (97, 257)]])
def test_merges_that_cannot_be_are_refused(merges: Any) -> None:
    with pytest.raises(PictureError, match="merge"):
        checked_merges(merges)


@pytest.mark.parametrize("words", [TALL, {"ww" * 8: 9999, "中文": 3}, {f"word{i}": i for i in range(1, 11)}])
def test_pictures_are_deterministic_named_and_fit_their_frame(words: dict[str, int]) -> None:
    stepper = merge_stepper(words)
    for step in range(len(stepper.steps)):
        stepper.step = step
        svg = str(stepper.static())
        assert svg == str(merge_stepper(words, step).static())
        root = ET.fromstring(svg)
        assert root.attrib["aria-label"] == f"{QUESTION}. {sentence(stepper.steps, step)}"
        width, height = float(root.attrib["width"]), float(root.attrib["height"])
        for element in root.iter(f"{SVG}text"):
            left, y, size = (float(element.attrib[name]) for name in ("x", "y", "font-size"))
            long = text_width(element.text or "", size)
            left -= {"middle": long / 2, "end": long}.get(element.attrib.get("text-anchor", ""), 0.0)
            assert 0 <= left <= left + long <= width, element.text
            assert 0 < y < height
        for element in root.iter(f"{SVG}rect"):
            assert float(element.attrib["x"]) + float(element.attrib["width"]) <= width


def test_the_sentence_tells_of_ties_and_of_the_end() -> None:
    steps = training_steps(TALL)
    assert "(2 pairs share this count: the smallest is taken)" in sentence(steps, 3)
    assert "share" not in sentence(steps, 2)
    assert sentence(steps, 9).endswith("No pair is left: training ends.")
