"""Draws the static picture of the heads explorer: every head in small, the chosen one in large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.visualizers import palette, svg
from course.visualizers.attention_picture import BAR, LEFT, heat_map, sentence, shade, tiles
from course.visualizers.heads import FACTS, HEADS, LAYERS, QUESTION, HeadsExplorer, facts, sentence_of

if TYPE_CHECKING:
    import numpy as np

GRID_X, GRID_Y = 84.0, 104.0
SIDE, STEP = 36.0, 42.0
FACTS_X = GRID_X + HEADS * STEP + 30
LABEL_ROOM, BAR_ROOM = 100.0, 110.0
WIDTH = FACTS_X + LABEL_ROOM + BAR_ROOM + 44 + LEFT


def draw(explorer: HeadsExplorer) -> svg.Picture:
    """The grid of heads with the chosen head's facts beside it, and below them its map."""
    known = explorer.compute()
    canvas = svg.Canvas()
    canvas.text(LEFT, 32, QUESTION, 18, font_weight="bold")
    canvas.text(LEFT, 55, svg.shorten(f"“{known.sentence}”", 13, WIDTH - 2 * LEFT), 13, palette.MUTED)
    if known.note:
        canvas.text(LEFT, 74, known.note, 12, palette.INK)
    measured = facts(known.weights, known.tokens)
    _grid(canvas, explorer, known.weights)
    own = measured[explorer.layer, explorer.head]
    _facts(canvas, explorer, own)
    top = GRID_Y + LAYERS * STEP + 6
    canvas.line(LEFT, top, WIDTH - LEFT, top, palette.RULE)
    attention = explorer.attention()
    name = f"Layer {explorer.layer}, head {explorer.head}"
    canvas.text(LEFT, top + 26, name, 14, font_weight="bold")
    width, bottom = heat_map(canvas, attention, top + 62)
    said = f"{sentence_of(explorer.layer, explorer.head, own)} {sentence(attention, attention.compute())}"
    return canvas.picture(max(width, WIDTH), bottom + 16, QUESTION, said)


def _grid(canvas: svg.Canvas, explorer: HeadsExplorer, weights: np.ndarray) -> None:
    for head in range(HEADS):
        canvas.text(GRID_X + head * STEP + SIDE / 2, GRID_Y - 7, str(head), 11, palette.MUTED, "middle")
    canvas.text(GRID_X - 10, GRID_Y - 7, "head", 11, palette.MUTED, "end")
    cell = SIDE / weights.shape[-1]
    for layer in range(LAYERS):
        y = GRID_Y + layer * STEP
        canvas.text(GRID_X - 10, y + SIDE / 2 + 4, f"layer {layer}", 11, palette.MUTED, "end")
        for head in range(HEADS):
            x = GRID_X + head * STEP
            canvas.rect(x, y, SIDE, SIDE, shade(0.0))
            tiles(canvas, weights[layer, head], x, y, (cell, cell))
            chosen = (layer, head) == (explorer.layer, explorer.head)
            out, stroke, thickness = (1.5, palette.INK, 3) if chosen else (0.5, palette.RULE, 1)
            box = (x - out, y - out, SIDE + 2 * out, SIDE + 2 * out)
            canvas.rect(*box, "none", stroke=stroke, stroke_width=thickness)


def _facts(canvas: svg.Canvas, explorer: HeadsExplorer, own: np.ndarray) -> None:
    """The chosen head's shares as bars with numbers, and its spread."""
    canvas.text(FACTS_X, GRID_Y - 7, f"Layer {explorer.layer}, head {explorer.head}", 14, font_weight="bold")
    canvas.text(FACTS_X, GRID_Y + 14, "Share of the words’ attention on", 12, palette.MUTED)
    for line, fact in enumerate(FACTS):
        y = GRID_Y + 26 + line * 22
        canvas.text(FACTS_X + LABEL_ROOM - 8, y + 12, fact, 12, palette.INK, "end")
        canvas.rect(FACTS_X + LABEL_ROOM, y + 2, BAR_ROOM, 13, palette.PANEL)
        canvas.rect(FACTS_X + LABEL_ROOM, y + 2, BAR_ROOM * float(own[line]), 13, BAR)
        canvas.text(FACTS_X + LABEL_ROOM + BAR_ROOM + 8, y + 12, f"{own[line]:.2f}", 11)
    y = GRID_Y + 26 + len(FACTS) * 22
    canvas.text(FACTS_X, y + 16, f"spread over {own[-1]:.1f} tokens on average", 12, palette.INK)
    canvas.text(FACTS_X, y + 36, "The first word’s previous token is [CLS],", 11, palette.MUTED)
    canvas.text(FACTS_X, y + 51, "the last one’s next is [SEP].", 11, palette.MUTED)
