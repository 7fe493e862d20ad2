"""The positions explorer: the formulas against the papers' properties, and three pictures."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from course.visualizers import positions, positions_explorer
from course.visualizers.arrays import PictureError
from course.visualizers.svg import text_width

SVG = "{http://www.w3.org/2000/svg}"


def test_the_table_is_the_paper_s() -> None:
    # Vaswani et al. (2017), section 3.5, written out with numpy
    explorer = positions_explorer(20, 16, 10_000)
    angles = np.arange(20)[:, None] / 10_000 ** (np.arange(0, 16, 2) / 16)
    assert np.allclose(np.array(explorer.compute())[:, 0::2], np.sin(angles))
    assert np.allclose(np.array(explorer.compute())[:, 1::2], np.cos(angles))


@pytest.mark.parametrize(("d_model", "base"), [(8, 10), (64, 10_000), (128, 500_000)])
def test_dot_products_depend_on_the_distance_only(d_model: int, base: int) -> None:
    table = np.array(positions_explorer(40, d_model, base).compute())
    products = table @ table.T / (d_model / 2)
    for one in range(40):
        for other in range(40):
            assert products[one, other] == pytest.approx(positions.agreement(other - one, d_model, base))


def test_rotation_keeps_lengths_and_knows_distances_only() -> None:
    angle = positions.frequency(3, 64, 10_000)
    x, y = positions.turned(positions.KEY_PAIR, 17, angle)
    assert math.hypot(x, y) == pytest.approx(positions.KEY_PAIR[0])
    for shift in (0, 1, 5, 40):
        expected = positions.rotary_score(3, 9, angle)
        assert positions.rotary_score(3 + shift, 9 + shift, angle) == pytest.approx(expected)
    assert positions.rotary_score(3, 9, angle) != pytest.approx(positions.rotary_score(3, 10, angle))


def test_the_period_is_one_turn() -> None:
    turn = positions.period(2, 8, 100)
    assert positions.frequency(2, 8, 100) * turn == pytest.approx(2 * math.pi)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"length": 1}, "length must be a whole number from 2 to 128"),
        ({"length": 4.5}, "length must be a whole number"),
        ({"d_model": 12}, "d_model must be one of 8, 16, 32, 64, 128"),
        ({"base": 0}, "base must be one of 10, 100"),
        ({"view": "globe"}, "view must be one of table, distance, rotation"),
        ({"position": 48}, "position must be a whole number from 0 to 47"),
        ({"other": -1}, "other must be a whole number from 0 to 47"),
        ({"dimension": 64}, "dimension must be a whole number from 0 to 63"),
        ({"dimension": True}, "dimension must be a whole number"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(arguments: dict[str, object], sentence: str) -> None:
    with pytest.raises(PictureError, match=sentence):
        positions_explorer(**arguments)


def test_a_narrower_vector_takes_the_dimension_along() -> None:
    explorer = positions_explorer(d_model=64, dimension=40)
    explorer.d_model = 8
    assert explorer.dimension == 7
    assert explorer.pair == 3


@pytest.mark.parametrize("view", positions.VIEWS)
def test_pictures_are_deterministic_valid_and_named(view: str) -> None:
    svg = str(positions_explorer().static(view))
    assert svg == str(positions_explorer(view=view).static())
    root = ET.fromstring(svg)
    assert root.attrib["aria-label"].startswith(positions.QUESTIONS[view])
    assert " id=" not in svg
    assert "<style" not in svg


def test_each_picture_states_its_number() -> None:
    explorer = positions_explorer(48, 64, 10_000, position=10, other=14, dimension=6)
    said = {view: " ".join(ET.fromstring(str(explorer.static(view))).itertext()) for view in positions.VIEWS}
    assert "dot product 23.93 of at most 32" in said["distance"]
    score = positions.rotary_score(10, 14, positions.frequency(3, 64, 10_000))
    assert f"q · k = {score:.2f}".replace("-", "−") in said["rotation"]
    assert "one wave in 14.9 positions" in said["table"]


@pytest.mark.parametrize("view", positions.VIEWS)
@pytest.mark.parametrize(("length", "d_model", "base"), [(2, 8, 10), (48, 64, 10_000), (128, 128, 500_000)])
def test_pictures_fit_their_frame(view: str, length: int, d_model: int, base: int) -> None:
    explorer = positions_explorer(length, d_model, base, position=length - 1, other=0, dimension=d_model - 1)
    root = ET.fromstring(str(explorer.static(view)))
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for element in root.iter(f"{SVG}text"):
        if "transform" in element.attrib:
            continue
        left, y, size = (float(element.attrib[name]) for name in ("x", "y", "font-size"))
        long = text_width(element.text or "", size)
        left -= {"middle": long / 2, "end": long}.get(element.attrib.get("text-anchor", ""), 0.0)
        assert left >= 0
        assert left + long <= width, element.text
        assert 0 < y < height
    for element in root.iter(f"{SVG}polyline"):
        for point in element.attrib["points"].split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= width
            assert 0 <= y <= height
