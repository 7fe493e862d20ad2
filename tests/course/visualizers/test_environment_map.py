"""The map of notebook, kernel and environment."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from course.visualizers.environment_map import environment_map_svg


def test_it_names_the_three_parts_and_draws_inside_its_frame() -> None:
    picture = environment_map_svg()
    root = ET.fromstring(str(picture))
    texts = [node.text or "" for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Notebook", "Kernel", "Environment .venv", "Another environment"} <= set(texts)
    assert "another environment" in root.attrib["aria-label"]
    for node in root.iter("{http://www.w3.org/2000/svg}rect"):
        assert float(node.attrib["x"]) >= 0
        assert float(node.attrib["x"]) + float(node.attrib["width"]) <= picture.width
        assert float(node.attrib["y"]) + float(node.attrib["height"]) <= picture.height


def test_two_drawings_are_the_same_bytes() -> None:
    assert str(environment_map_svg()) == str(environment_map_svg())
