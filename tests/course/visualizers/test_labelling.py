"""The labelling widget: what it takes, what it gives, and its picture."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import pytest

from course.visualizers import labelling_widget
from course.visualizers.arrays import PictureError

TEXTS = [
    "A fine film.",
    "Dull & <long>, with a great many words in it that do not fit into a single line of the picture at all.",
]


def test_labels_are_a_plain_list_that_python_may_set() -> None:
    widget = labelling_widget(TEXTS)
    assert widget.labels == [None, None]
    widget.labels = ("positive", None)
    assert widget.labels == ["positive", None]
    assert repr(widget) == "LabellingWidget(1 of 2 texts labelled)"
    assert widget.agreement(["positive", "negative"]) == (1, 1)
    widget.labels = ["positive", "neutral"]
    assert widget.agreement(["negative", "neutral"]) == (1, 2)


def test_the_live_widget_and_the_attribute_are_one() -> None:
    widget = labelling_widget(TEXTS, labels=["negative", None])
    live = widget.widget
    assert live.labels == ["negative", None]
    live.labels = ["negative", "positive"]  # as the browser sets it
    assert widget.labels == ["negative", "positive"]
    widget.position = 1
    assert live.position == 1
    assert live.data["texts"] == TEXTS


def test_the_picture_holds_every_text_and_label_and_is_the_same_each_time() -> None:
    widget = labelling_widget(TEXTS, labels=[None, "neutral"])
    picture = widget.static()
    words = " ".join(node.text or "" for node in ET.fromstring(picture.svg).iter())
    assert "A fine film." in words
    assert "Dull & <long>" in words
    assert "of the picture at all." in words
    assert "2 neutral" in words
    assert "no label yet" in words
    assert "1 of 2 labelled" in words
    assert widget.static().svg == picture.svg


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: labelling_widget([]), "at least one text"),
        (lambda: labelling_widget("a text"), "at least one text"),
        (lambda: labelling_widget(["a", ""]), "none of them empty"),
        (lambda: labelling_widget(["a"], ["x"]), "2 to 9 different"),
        (lambda: labelling_widget(["a"], ["x", "x"]), "2 to 9 different"),
        (lambda: labelling_widget(["a"], list("abcdefghij")), "2 to 9 different"),
        (lambda: labelling_widget(["a"], labels=["good"]), "one of negative, neutral, positive"),
        (lambda: labelling_widget(["a"], labels=[]), "1 entries"),
        (lambda: labelling_widget(["a"], labels="positive"), "a list with one entry"),
        (lambda: setattr(labelling_widget(["a"]), "position", 1), "from 0 to 0"),
    ],
)
def test_what_is_not_allowed_is_told_in_a_sentence(make: Any, says: str) -> None:
    with pytest.raises(PictureError, match=says):
        make()
