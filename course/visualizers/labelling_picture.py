"""Draws the static picture of the labelling widget: a table of texts and labels."""

from __future__ import annotations

import textwrap

from course.visualizers import palette, svg
from course.visualizers.labelling import LabellingWidget

WIDTH = 820.0
LEFT, TEXT, LABEL = 20.0, 52.0, 668.0
LINE = 18.0
COLUMNS = 82


def draw(widget: LabellingWidget) -> svg.Picture:
    """The picture of all texts with their labels."""
    canvas = svg.Canvas()
    canvas.text(LEFT, 32, widget.question, 18, font_weight="bold")
    keys = "   ".join(f"{number} {option}" for number, option in enumerate(widget.options, start=1))
    canvas.text(LEFT, 53, f"{keys}   0 take back", 12, palette.MUTED)
    y = 84.0
    for number, (text, label) in enumerate(zip(widget.texts, widget.labels, strict=True)):
        lines = textwrap.wrap(text, COLUMNS) or [text]
        height = LINE * len(lines) + 10
        if number % 2 == 0:
            canvas.rect(LEFT - 8, y - 17, WIDTH - 2 * LEFT + 16, height, palette.PANEL)
        canvas.text(TEXT - 12, y, str(number + 1), 12, palette.MUTED, "end")
        for line, part in enumerate(lines):
            canvas.text(TEXT, y + line * LINE, svg.shorten(part, 13, LABEL - TEXT - 12), 13)
        if label is None:
            canvas.text(LABEL, y, "no label yet", 12, palette.MUTED, font_style="italic")
        else:
            place = widget.options.index(label)
            canvas.text(LABEL, y, f"{place + 1} {label}", 13, palette.HEAT_LIGHT[4], font_weight="bold")
        y += height
    given = sum(label is not None for label in widget.labels)
    canvas.text(LEFT, y + 8, f"{given} of {len(widget.texts)} labelled", 12, palette.MUTED)
    return canvas.picture(WIDTH, y + 24, widget.question, f"{given} of {len(widget.texts)} texts labelled")
