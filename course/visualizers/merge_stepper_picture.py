"""Draws the static picture of the merge stepper."""

from __future__ import annotations

from course.visualizers import palette, svg
from course.visualizers.merge_stepper import QUESTION, MergeStepper, sentence

LEFT = 20.0
TOP = 112.0
ROW = 38.0
CHIP = 26.0
PAIRS_X = 520.0
WIDTH = 860.0
BAR = 130.0
LINE = 118


def draw(stepper: MergeStepper) -> svg.Picture:
    """Words on the left, the leading pairs on the right."""
    canvas = svg.Canvas()
    step = stepper.steps[stepper.step]
    canvas.text(LEFT, 32, QUESTION, 18, font_weight="bold")
    said = sentence(stepper.steps, stepper.step)
    for line, words in enumerate(_lines(said)):
        canvas.text(LEFT, 55 + 17 * line, words, 12, palette.MUTED)
    for row, (tokens, times) in enumerate(zip(step.words, stepper.word_counts.values(), strict=True)):
        y = TOP + row * ROW
        canvas.text(LEFT + 34, y + 17, f"{times} ×", 12, palette.MUTED, "end")
        x = LEFT + 44
        for text, fresh in tokens:
            x += chip(canvas, x, y, text, fresh) + 4
    canvas.text(PAIRS_X, TOP - 10, "Pairs, and how often they occur", 12, font_weight="bold")
    most = step.pairs[0][2] if step.pairs else 1
    for row, (first, second, count) in enumerate(step.pairs):
        y = TOP + row * 30
        canvas.text(PAIRS_X, y + 17, "▶" if row == 0 else "", 12)
        pair = svg.shorten(f"{first} + {second}", 13, 116)
        canvas.text(PAIRS_X + 18, y + 17, pair, 13, font_family=svg.MONO, font_weight=_weight(row))
        canvas.rect(PAIRS_X + 150, y + 5, max(BAR * count / most, 2.0), 16, palette.HEAT_LIGHT[3 if row == 0 else 1])
        canvas.text(PAIRS_X + 156 + BAR * count / most, y + 18, str(count), 12, font_weight=_weight(row))
    if not step.pairs:
        canvas.text(PAIRS_X, TOP + 17, "none is left", 12, palette.MUTED)
    height = TOP + max(len(step.words) * ROW, len(step.pairs) * 30) + 16
    return canvas.picture(WIDTH, height, QUESTION, said)


def _weight(row: int) -> str:
    return "bold" if row == 0 else ""


def _lines(said: str) -> list[str]:
    lines = [""]
    for word in said.split():
        if len(lines[-1]) + len(word) > LINE:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def chip(canvas: svg.Canvas, x: float, y: float, text: str, fresh: bool = False, unknown: bool = False) -> float:
    """A token as a small box; returns its width. One that is fresh is filled, one that is unknown has a dashed edge."""
    width = chip_width(text)
    fill = palette.HEAT_LIGHT[1] if fresh else palette.PANEL
    edge = palette.HEAT_LIGHT[3] if fresh else palette.MUTED if unknown else palette.RULE
    dash = "4 3" if unknown else None
    canvas.rect(x, y, width, CHIP, fill, rx=4, stroke=edge, stroke_width=2 if fresh else 1, stroke_dasharray=dash)
    weight = "bold" if fresh else ""
    canvas.text(x + width / 2, y + 17.5, text, 13, anchor="middle", font_family=svg.MONO, font_weight=weight)
    return width


def chip_width(text: str) -> float:
    """The width of a token's box: monospaced characters, wide ones count double."""
    return 12 + max(svg.text_width(text, 13), 8.2 * len(text))
