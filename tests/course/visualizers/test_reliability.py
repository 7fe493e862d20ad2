"""The reliability explorer: its measures against torch and a plain loop, and its picture."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET

import pytest
import torch

from course.visualizers import reliability_explorer
from course.visualizers.arrays import PictureError
from course.visualizers.reliability import MAX_NUMBERS
from course.visualizers.svg import text_width

SVG = "{http://www.w3.org/2000/svg}"


def drawn(examples: int, classes: int = 2, seed: int = 0) -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(seed)
    labels = torch.randint(classes, (examples,), generator=generator)
    logits = torch.randn(examples, classes, generator=generator, dtype=torch.float64) * 3
    logits[torch.arange(examples), labels] += 2
    return logits, labels


def by_hand(logits: torch.Tensor, labels: torch.Tensor, bins: int, temperature: float) -> tuple[float, list[int]]:
    """Expected calibration error and counts, example by example."""
    probabilities = torch.softmax(logits / temperature, dim=1)
    rows: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for row, label in zip(probabilities, labels, strict=True):
        sure = float(row.max())
        place = next(number for number in range(bins) if sure <= (number + 1) / bins or number == bins - 1)
        rows[place].append((sure, bool(row.argmax() == label)))
    gaps = (abs(sum(sure for sure, _ in part) - sum(right for _, right in part)) for part in rows)
    return sum(gaps) / len(labels), [len(part) for part in rows]


@pytest.mark.parametrize("classes", [2, 5])
@pytest.mark.parametrize("bins", [2, 10, 15])
@pytest.mark.parametrize("temperature", [0.1, 1.0, 3.7])
def test_measures_are_those_of_torch_and_of_a_loop(classes: int, bins: int, temperature: float) -> None:
    logits, labels = drawn(300, classes)
    found = reliability_explorer(logits, labels, bins, temperature).compute()
    error, counts = by_hand(logits, labels, bins, temperature)
    assert found.expected_calibration_error == pytest.approx(error, abs=1e-12)
    assert [part.count for part in found.bins] == counts
    loss = torch.nn.functional.cross_entropy(logits / temperature, labels)
    assert found.negative_log_likelihood == pytest.approx(float(loss))
    assert found.accuracy == pytest.approx(float((logits.argmax(1) == labels).double().mean()))
    assert found.confidence == pytest.approx(float(torch.softmax(logits / temperature, 1).amax(1).mean()))


def test_a_bin_holds_its_upper_edge_and_empty_bins_have_no_gap() -> None:
    # Equal logits: a confidence of exactly 1/2, the upper edge of the fifth of ten bins.
    found = reliability_explorer([[0.0, 0.0], [0.0, 0.0]], [0, 1]).compute()
    assert [part.count for part in found.bins] == [0, 0, 0, 0, 2, 0, 0, 0, 0, 0]
    assert found.expected_calibration_error == 0
    assert (found.bins[0].confidence, found.bins[0].accuracy, found.bins[0].gap) == (None, None, 0.0)


def test_logits_of_ten_thousand_do_no_harm() -> None:
    found = reliability_explorer([[1e4, -1e4], [1e4, -1e4]], [0, 1], temperature=0.1).compute()
    assert found.expected_calibration_error == 0.5
    assert math.isfinite(found.negative_log_likelihood)


def test_a_temperature_leaves_the_accuracy_as_it_is_and_lowers_the_confidence() -> None:
    logits, labels = drawn(200)
    cold, hot = (reliability_explorer(logits, labels, temperature=value).compute() for value in (1.0, 4.0))
    assert cold.accuracy == hot.accuracy
    assert cold.confidence > hot.confidence


def test_numbers_from_training_are_taken_as_they_come() -> None:
    logits = torch.tensor([[1.0, 2.0]], dtype=torch.bfloat16, requires_grad=True)
    assert repr(reliability_explorer(logits, torch.tensor([1]))) == "ReliabilityExplorer(1 examples, 2 classes)"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"logits": [0.0, 1.0]}, "at least two classes"),
        ({"logits": [[0.0], [1.0]]}, "at least two classes"),
        ({"logits": [["a", "b"]]}, "logits must be numbers"),
        ({"logits": [[0.0, math.inf], [0.0, 1.0]]}, "NaN or infinite"),
        ({"logits": torch.zeros(MAX_NUMBERS, 2)}, "at most"),
        ({"labels": [0]}, "one label for each row"),
        ({"labels": [[0], [1]]}, "one label for each row"),
        ({"labels": [0, 2]}, "whole numbers from 0 to 1"),
        ({"labels": [0, -1]}, "whole numbers from 0 to 1"),
        ({"labels": [0, 0.5]}, "whole numbers from 0 to 1"),
        ({"labels": [0, math.nan]}, "whole numbers from 0 to 1"),
        ({"bins": 1}, "bins must be a whole number from 2 to 30"),
        ({"bins": True}, "bins must be a whole number"),
        ({"temperature": 0}, "temperature must be a number from 0.1 to 10"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(arguments: dict[str, object], sentence: str) -> None:
    with pytest.raises(PictureError, match=sentence):
        reliability_explorer(**{"logits": [[0.0, 1.0], [1.0, 0.0]], "labels": [0, 1], **arguments})


def test_the_picture_is_deterministic_and_states_its_numbers() -> None:
    logits = [[0.0, math.log(9)]] * 10  # it says 90 % each time
    labels = [1] * 7 + [0] * 3
    svg = str(reliability_explorer(logits, labels).static())
    assert svg == str(reliability_explorer(logits, labels).static())
    said = " ".join(ET.fromstring(svg).itertext())
    assert "Where most examples lie, it says 90.0 % and is right in 70.0 % of 10 cases." in said
    assert "On average it promises more than it keeps, by 20.0 percentage points." in said
    assert "0.2000" in said
    assert " id=" not in svg
    kept = str(reliability_explorer(logits, [1] * 9 + [0]).static())
    assert "On average it promises what it keeps." in kept


@pytest.mark.parametrize("bins", [2, 10, 30])
@pytest.mark.parametrize("examples", [1, 5000])
def test_the_picture_fits_its_frame(bins: int, examples: int) -> None:
    root = ET.fromstring(str(reliability_explorer(*drawn(examples, 3), bins).static()))
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for element in root.iter(f"{SVG}text"):
        left, y, font = (float(element.attrib[name]) for name in ("x", "y", "font-size"))
        long = text_width(element.text or "", font)
        left -= {"middle": long / 2, "end": long}.get(element.attrib.get("text-anchor", ""), 0.0)
        assert left >= 0, element.text
        assert left + long <= width, element.text
        assert 0 < y < height
    for element in root.iter(f"{SVG}rect"):
        assert float(element.attrib["width"]) >= 0
        assert float(element.attrib["height"]) >= 0
