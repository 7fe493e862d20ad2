"""A labelling widget: one short text at a time, a label by one key, the result as a Python list.

compute: ``LabellingWidget.agreement``; static picture: all texts with the labels so far; widget: display it. Without a
browser, set ``labels`` from Python: the picture follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from course.visualizers.arrays import PictureError
from course.visualizers.explorer import Explorer
from course.visualizers.svg import Picture

MAX_LABELS = 9  # one key each


class LabellingWidget(Explorer):
    """Asks for a label for each of a few texts.

    Attributes to read and set: ``labels``, a list with a label or None for each text, and ``position``, the text that
    is shown.
    """

    controls: ClassVar[tuple[str, ...]] = ("position", "labels")
    script: ClassVar[str] = "labelling.js"

    def __init__(self, texts: Sequence[str], options: Sequence[str], question: str) -> None:
        super().__init__()
        self.texts = tuple(texts)
        self.options = tuple(options)
        self.question = question

    def __repr__(self) -> str:
        given = sum(label is not None for label in self.labels)
        return f"LabellingWidget({given} of {len(self.texts)} texts labelled)"

    def check(self, control: str, value: Any) -> Any:
        if control == "position":
            if isinstance(value, bool) or not hasattr(value, "__index__") or not 0 <= int(value) < len(self.texts):
                raise PictureError(
                    f"position must be a whole number from 0 to {len(self.texts) - 1}, not {value!r}."
                )
            return int(value)
        if isinstance(value, str) or not hasattr(value, "__iter__"):
            raise PictureError(f"labels must be a list with one entry for each text, not {value!r}.")
        labels = list(value)
        if len(labels) != len(self.texts):
            raise PictureError(f"labels must have {len(self.texts)} entries, one for each text, not {len(labels)}.")
        for label in labels:
            if label is not None and label not in self.options:
                raise PictureError(f"a label must be one of {', '.join(self.options)}, or None, not {label!r}.")
        return labels

    def agreement(self, others: Sequence[str | None]) -> tuple[int, int]:
        """``(agreed, compared)``: on how many texts both have the same label, of those that both have one for."""
        both = [(own, other) for own, other in zip(self.labels, others, strict=True) if own and other]
        return sum(own == other for own, other in both), len(both)

    def payload(self) -> dict[str, Any]:
        from course.visualizers import palette

        return {
            "texts": list(self.texts),
            "options": list(self.options),
            "question": self.question,
            "palette": palette.for_javascript(),
        }

    def static(self) -> Picture:
        """All texts with the labels given so far."""
        from course.visualizers.labelling_picture import draw

        return draw(self)


def labelling_widget(
    texts: Sequence[str],
    options: Sequence[str] = ("negative", "neutral", "positive"),
    *,
    question: str = "Would the writer recommend it?",
    labels: Sequence[str | None] | None = None,
) -> LabellingWidget:
    """Makes a widget that asks for one of ``options`` (2 to 9 different ones) for each of ``texts``.

    Keys: 1 to 9 give a label and go on, 0 takes it back, the arrow keys move. Raises PictureError, a ValueError, with a
    sentence that says what is allowed.
    """
    if isinstance(texts, str) or not texts or not all(isinstance(text, str) and text for text in texts):
        raise PictureError("texts must be a list of at least one text, none of them empty.")
    distinct = list(dict.fromkeys(options))
    if isinstance(options, str) or not 2 <= len(distinct) == len(options) <= MAX_LABELS:
        raise PictureError(f"options must be 2 to {MAX_LABELS} different labels, not {options!r}.")
    if not all(isinstance(option, str) and option for option in options):
        raise PictureError("every option must be a text, none of them empty.")
    widget = LabellingWidget(texts, options, question)
    widget.position = 0
    widget.labels = [None] * len(widget.texts) if labels is None else labels
    return widget
