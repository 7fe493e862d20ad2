"""The bits of a number: against torch, against known patterns, and as a picture."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from course.visualizers.float_bits import FORMATS, LAYOUTS, FloatBits, float_bits, float_bits_svg


def bits_by_torch(value: float, name: str) -> str:
    integer = {"float16": torch.int16, "bfloat16": torch.int16, "float32": torch.int32, "float64": torch.int64}[name]
    pattern = torch.tensor(value, dtype=getattr(torch, name)).view(integer).item()
    width = 1 + sum(LAYOUTS[name])
    return format(int(pattern) % 2**width, f"0{width}b")


@settings(deadline=None, max_examples=60)
@given(st.floats(allow_nan=False), st.sampled_from(FORMATS))
def test_bits_and_value_are_those_of_torch(value: float, name: str) -> None:
    (found,) = float_bits(value, (name,))
    assert found.sign + found.exponent + found.fraction == bits_by_torch(value, name)
    assert found.stored == torch.tensor(value, dtype=getattr(torch, name)).item()


def test_known_patterns() -> None:
    assert float_bits(1.0, ("float16",)) == [FloatBits("float16", "0", "01111", "0" * 10, 1.0)]
    assert float_bits(-2.0, ("bfloat16",)) == [FloatBits("bfloat16", "1", "1" + "0" * 7, "0" * 7, -2.0)]
    assert float_bits(70000.0, ("float16",))[0].stored == math.inf
    assert float_bits(257.0, ("bfloat16",))[0].stored == 256.0


def test_nan_stays_nan() -> None:
    assert all(math.isnan(row.stored) for row in float_bits(math.nan))


def test_an_unknown_format_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="float64, float32, bfloat16, float16"):
        float_bits(1.0, ("float8",))


def test_the_picture_shows_every_bit_and_tells_it_to_a_screen_reader() -> None:
    picture = float_bits_svg(0.1)
    root = ET.fromstring(str(picture))
    texts = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert sum(text in ("0", "1") for text in texts) == 64 + 32 + 16 + 16
    assert all(name in texts for name in FORMATS)
    assert "bfloat16: sign 0, exponent 01111011, fraction 1001101, stored as 0.10009765625" in root.attrib["aria-label"]
    assert str(picture) == str(float_bits_svg(0.1))


def test_nothing_is_drawn_outside_the_picture() -> None:
    for picture in (float_bits_svg(0.1), float_bits_svg(1 / 3, ("bfloat16", "float16"))):
        root = ET.fromstring(str(picture))
        for node in root.iter("{http://www.w3.org/2000/svg}rect"):
            assert float(node.attrib["x"]) + float(node.attrib["width"]) <= picture.width
            assert float(node.attrib["y"]) + float(node.attrib["height"]) <= picture.height


def test_a_value_never_stands_on_top_of_another_text() -> None:
    root = ET.fromstring(str(float_bits_svg(70000.0, ("bfloat16", "float16"))))
    texts = list(root.iter("{http://www.w3.org/2000/svg}text"))
    (value,) = [node for node in texts if (node.text or "").startswith("= 70144")]
    same_row = [node for node in texts if node.attrib["y"] == value.attrib["y"] and node is not value]
    assert all(float(node.attrib["x"]) < float(value.attrib["x"]) for node in same_row)
    assert float(value.attrib["x"]) + 190 - 16 <= float(root.attrib["width"])
