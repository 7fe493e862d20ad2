"""The masking stepper: BERT's shares, special tokens left alone, and a picture that reveals a column a step."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from course.visualizers import masking, masking_explorer
from course.visualizers.arrays import PictureError
from course.visualizers.svg import text_width

SVG = "{http://www.w3.org/2000/svg}"


def test_borders_are_berts() -> None:
    special = [False] * 5 + [True]
    choose, replace = [0.14, 0.15, 0, 0, 0, 0], [0, 0, 0.8, 0.9, 0.79, 0]
    places = masking.masked(list("abcdef"), special, choose, replace, list("uvwxyz"), 0.15)
    assert [place.action for place in places] == ["mask", "", "random", "keep", "mask", ""]
    assert [place.seen for place in places] == ["[MASK]", "b", "w", "d", "[MASK]", "f"]
    assert [place.label for place in places] == ["a", None, "c", "d", "e", None]


def test_shares_over_all_sets_of_numbers() -> None:
    actions: list[str] = []
    ordinary = 0
    for seed in range(400):
        for draw in range(masking.DRAWS):
            places = masking_explorer(draw=draw, seed=seed).compute()
            ordinary += sum(not place.special for place in places)
            actions += [place.action for place in places if place.chosen]
            assert not any(place.chosen for place in places if place.special)
    assert len(actions) / ordinary == pytest.approx(0.15, abs=0.01)
    shares = [actions.count(action) / len(actions) for action in ("mask", "random", "keep")]
    assert shares == pytest.approx([0.8, 0.1, 0.1], abs=0.02)


def test_the_first_set_shows_all_three_kinds() -> None:
    actions = [place.action for place in masking_explorer().compute() if place.chosen]
    assert sorted(actions) == ["keep", "mask", "random"]


def test_the_lesson_s_exercise_and_the_picture_agree() -> None:
    import torch

    from autograder.build.builder import read_source

    mlm_batch = read_source("02_language_models").workbench.solution("mlm_batch")
    explorer = masking_explorer(draw=3)
    numbers = explorer.draws[3]
    ids = torch.arange(len(explorer.tokens))[None]
    inputs, labels = mlm_batch(
        ids, torch.tensor([explorer.special]).long(), torch.tensor([numbers["choose"]], dtype=torch.float64),
        torch.tensor([numbers["replace"]], dtype=torch.float64), ids + 100, 999,
    )  # fmt: skip
    for own, place in enumerate(explorer.compute()):
        expected = {"mask": 999, "random": own + 100}.get(place.action, own)
        assert (inputs[0, own], labels[0, own]) == (expected, own if place.chosen else -100)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"tokens": "a sentence"}, "split the text first"),
        ({"tokens": []}, "tokens must be 1 to 40 tokens"),
        ({"tokens": ["a"] * 41}, "tokens must be 1 to 40 tokens"),
        ({"step": 5}, "step must be a whole number from 0 to 4"),
        ({"step": True}, "step must be a whole number"),
        ({"rate": 0.2}, "rate must be one of 0.05, 0.15, 0.4, 0.8"),
        ({"draw": 20}, "draw must be a whole number from 0 to 19"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(arguments: dict[str, object], sentence: str) -> None:
    with pytest.raises(PictureError, match=sentence):
        masking_explorer(**arguments)


def test_each_step_reveals_a_column() -> None:
    explorer = masking_explorer()
    said = [set(ET.fromstring(str(explorer.static(step))).itertext()) for step in range(5)]
    assert "may be chosen" not in said[0]
    assert "never" in said[1]
    assert "number < 0.15?" not in said[1]
    assert "number < 0.15?" in said[2]
    assert "0.10 chosen" in said[2]
    assert "[MASK]" not in said[2]
    assert "[MASK]" in said[3]
    assert "label" not in said[3]
    assert "label" in said[4]
    assert "3 of 14 ordinary tokens chosen: 1 masked, 1 random, 1 unchanged." in said[4]


@pytest.mark.parametrize("step", range(5))
def test_pictures_are_deterministic_and_fit_their_frame(step: int) -> None:
    tokens = ["[CLS]", *["an extraordinarily long token"] * 30, "[SEP]"]
    svg = str(masking_explorer(tokens, rate=0.8, step=step).static())
    assert svg == str(masking_explorer(tokens, rate=0.8).static(step))
    assert " id=" not in svg
    root = ET.fromstring(svg)
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    rows: dict[float, list[tuple[float, float]]] = {}
    for element in root.iter(f"{SVG}text"):
        left, y, size = (float(element.attrib[name]) for name in ("x", "y", "font-size"))
        end = left + text_width(element.text or "", size)
        assert end <= width, element.text
        assert 0 < y < height
        rows.setdefault(y, []).append((left, end))
    for row in rows.values():
        ordered = sorted(row)
        assert all(a[1] <= b[0] for a, b in pairwise(ordered)), ordered
