"""The check card's picture: it must show what differs, in little time, for whatever a learner's function returns."""

from __future__ import annotations

import math
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from course.visualizers.tensor_pair import MAX_CELLS, tensor_pair_svg

SVG = "{http://www.w3.org/2000/svg}"


def texts(picture: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(picture).iter(f"{SVG}text")]


def outlined(picture: str) -> list[int]:
    """How many cells are outlined in each of the two maps that have any."""
    return [element.attrib["d"].count("M") for element in ET.fromstring(picture).iter(f"{SVG}path")]


def test_prints_both_numbers_of_a_cell_that_differs() -> None:
    picture = tensor_pair_svg([[0.25, 0.75], [0.5, 0.5]], [[0.25, 0.75], [0.9, 0.1]])
    assert texts(picture).count("0.25") == 2
    assert {"0.90", "0.10", "expected", "yours", "shape (2, 2)"} <= set(texts(picture))
    assert outlined(picture) == [2, 2]
    assert "Outlined: 2 cells that differ." in texts(picture)


def test_equal_values_are_not_outlined_and_it_says_so() -> None:
    picture = tensor_pair_svg([[1.0, math.nan]], [[1.0 + 1e-9, math.nan]])
    assert outlined(picture) == []
    assert "No cell shown differs." in texts(picture)


def test_numbers_that_differ_never_look_alike() -> None:
    shown = texts(tensor_pair_svg([0.3331, 0.5], [0.3339, 0.5]))
    assert {"0.3331", "0.3339"} <= set(shown) or {"0.333", "0.334"} <= set(shown)


@pytest.mark.parametrize(
    ("expected", "received", "both"),
    [
        ([[1.0, 2.0, 3.0]], [[1.0], [2.0], [3.0]], [2, 2]),  # transposed
        ([1.0, 2.0], [1.0, 2.0, 3.0], [1]),  # one too many
        ([], [1.0], [1]),
        (3, 4.5, [1, 1]),
        ([[True, False]], [[False, False]], [1, 1]),
        ([math.inf, 1.0], [-math.inf, 1.0], [1, 1]),
        ([math.nan], [0.0], [1, 1]),
    ],
)
def test_whatever_shape_or_value(expected: object, received: object, both: list[int]) -> None:
    assert outlined(tensor_pair_svg(expected, received)) == both


def test_a_large_tensor_is_elided_around_the_first_difference() -> None:
    expected = [[float(r - c) for c in range(64)] for r in range(40)]
    received = [list(row) for row in expected]
    received[30][50] += 1
    picture = tensor_pair_svg(expected, received)
    shown = texts(picture)
    assert {"30", "50"} <= set(shown)
    assert "0" not in shown
    assert "rows 24 to 35 of 40, columns 44 to 55 of 64" in " ".join(shown)
    assert outlined(picture) == [1, 1]
    cells = len(re.findall(r'<rect x="[\d.]+" y="[\d.]+" width="17" height="17"', picture))
    assert cells == 2 * MAX_CELLS**2


def test_signs_can_be_read_without_colour() -> None:
    rows = [[(-1.0) ** (r + c) for c in range(12)] for r in range(12)]
    assert "A dash marks numbers below zero." in " ".join(texts(tensor_pair_svg(rows, rows)))


def test_arrays_and_tensors() -> None:
    numpy = pytest.importorskip("numpy")
    torch = pytest.importorskip("torch")
    plain = tensor_pair_svg([[1.0, 2.0]], [[1.0, 3.0]])
    assert tensor_pair_svg(numpy.array([[1.0, 2.0]]), torch.tensor([[1.0, 3.0]])) == plain


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("text", "must be numbers"),
        ([1.0, "a"], "must hold numbers only"),
        ([[1.0], [1.0, 2.0]], "of the same length"),
        ([[1.0], 2.0], "of the same length"),
        ([[[1.0]]], "pass one slice of it"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(value: object, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        tensor_pair_svg([1.0], value)


def test_same_input_same_bytes_and_valid_xml() -> None:
    rows = [[r * 0.1 - c for c in range(9)] for r in range(9)]
    first = tensor_pair_svg(rows, [list(reversed(row)) for row in rows])
    assert first == tensor_pair_svg(rows, [list(reversed(row)) for row in rows])
    root = ET.fromstring(first)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"].startswith("expected beside yours")
    assert " id=" not in first
    assert "<style" not in first


def test_everything_lies_inside_the_picture() -> None:
    from course.visualizers.svg import text_width

    for rows, columns in [(1, 1), (3, 5), (12, 12), (40, 3), (2, 500)]:
        table = [[-1234.5678 * (c + 1) for c in range(columns)] for _ in range(rows)]
        root = ET.fromstring(tensor_pair_svg(table, table))
        width, height = float(root.attrib["width"]), float(root.attrib["height"])
        for element in root.iter(f"{SVG}text"):
            left = float(element.attrib["x"])
            length = text_width(element.text or "", float(element.attrib["font-size"]))
            left -= {"middle": length / 2, "end": length}.get(element.attrib.get("text-anchor", ""), 0.0)
            assert left >= 0
            assert left + length <= width
            assert 0 < float(element.attrib["y"]) < height


def test_it_loads_nothing_heavy() -> None:
    code = (
        "import sys; from course.visualizers import tensor_pair_svg; tensor_pair_svg([1.0], [2.0]);"
        "print([m for m in ('numpy', 'torch', 'ipywidgets', 'anywidget') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
