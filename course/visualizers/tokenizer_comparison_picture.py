"""Draws the static picture of the tokenizer comparison."""

from __future__ import annotations

from course.visualizers import palette, svg
from course.visualizers.byte_level import shown
from course.visualizers.merge_stepper_picture import CHIP, chip, chip_width
from course.visualizers.tokenizer_comparison import QUESTION, UNKNOWN, TokenizerComparison

LEFT = 20.0
TOKENS_X = 190.0
WIDTH = 860.0
LINES = 4
GAP = 4.0


def draw(comparison: TokenizerComparison) -> svg.Picture:
    """A block a way: its name, how many tokens, and the tokens."""
    canvas = svg.Canvas()
    canvas.text(LEFT, 32, QUESTION, 18, font_weight="bold")
    canvas.text(LEFT, 55, svg.shorten(shown(comparison.text), 13, WIDTH - 2 * LEFT), 13, palette.MUTED)
    y = 76.0
    said = []
    for way, tokens in comparison.compute().items():
        unknown = tokens.count(UNKNOWN)
        said.append(f"{way}: {len(tokens)}" + (f" ({unknown} unknown)" if unknown else ""))
        canvas.text(LEFT, y + 12, way, 13, font_weight="bold")
        lost = f", {unknown} unknown" if unknown else ""
        canvas.text(LEFT, y + 28, f"{len(tokens)} token{'' if len(tokens) == 1 else 's'}{lost}", 12, palette.MUTED)
        y = _tokens(canvas, tokens, y) + 12
    return canvas.picture(WIDTH, y + 4, QUESTION, "Tokens. " + "; ".join(said))


def _tokens(canvas: svg.Canvas, tokens: list[str], y: float) -> float:
    """Draws tokens in lines from ``y`` on, the first few lines of many; returns where they end."""
    x, line = TOKENS_X, 0
    for number, token in enumerate(tokens):
        text = svg.shorten(token, 13, 300)
        width = chip_width(text)
        if x + width > WIDTH - LEFT:
            if line == LINES - 1:
                canvas.text(TOKENS_X, y + CHIP + 16, f"… and {len(tokens) - number} more", 12, palette.MUTED)
                return y + CHIP + 24
            x, line, y = TOKENS_X, line + 1, y + CHIP + GAP
        chip(canvas, x, y, text, unknown=token == UNKNOWN)
        x += width + GAP
    return y + CHIP + 4
