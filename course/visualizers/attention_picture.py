"""Draws the static picture of the attention explorer."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from course.visualizers import palette, svg

if TYPE_CHECKING:
    import numpy as np

    from course.visualizers.attention import AttentionExplorer

LEFT = 20.0
MAP_WIDTH, LONG_MAP_WIDTH = 460.0, 620.0
PANEL_WIDTH = 250.0
GAP = 36.0
LABEL_ROOM = 84.0
SHADE_POWER = 0.6
BAR = palette.HEAT_LIGHT[3]
MAX_THUMBNAILS = 12


def shade(weight: float) -> str:
    """Colour of a weight; small weights are lifted, or most of a softmax would look white. The legend shows how."""
    return palette.heat(weight**SHADE_POWER)


def tiles(
    canvas: svg.Canvas, weights: np.ndarray, x: float, y: float, step: tuple[float, float], gap: float = 0.0
) -> None:
    """A heat map without numbers. Cells of like shade are one path in units of cells: far fewer bytes."""
    levels: dict[int, list[str]] = {}
    for q, row in enumerate(weights):
        for k, weight in enumerate(row):
            level = round(float(weight) ** SHADE_POWER * 40)
            if level > 1:
                levels.setdefault(level, []).append(f"M{k} {q}h{svg.number(1 - gap / step[0])}")
    thickness = svg.number(1 - gap / step[1], 3)
    paths = (
        svg.element("path", d="".join(places), stroke=palette.heat(level / 40), stroke_width=thickness)
        for level, places in sorted(levels.items())
    )
    # A line is drawn about its middle: half a cell lower it fills its row.
    middle = y + (step[1] - gap) / 2
    place = f"translate({svg.number(x)} {svg.number(middle)}) scale({svg.number(step[0], 4)} {svg.number(step[1], 4)})"
    canvas.add(svg.element("g", *paths, transform=place))


def cell_text(weight: float) -> str:
    """A weight in a cell: two decimals, nothing where that would be 0.00."""
    return "" if weight < 0.005 else f"{weight:.2f}"


def sentence(explorer: AttentionExplorer, weights: np.ndarray) -> str:
    """In words, where the chosen query looks: at most three keys with their weights, the largest first."""
    row = weights[explorer.row]
    token = explorer.tokens[explorer.row]
    order = sorted(range(len(row)), key=lambda k: (-row[k], k))[:3]
    looks = [f"“{explorer.key_tokens[k]}” ({row[k]:.2f})" for k in order if row[k] >= 0.005]
    return f"“{token}” looks at " + (", ".join(looks) if looks else "nothing: the mask hides every key") + "."


def draw(explorer: AttentionExplorer) -> svg.Picture:
    """The heat map of the chosen head, the chosen query's row as bars, and every head as a thumbnail."""
    from course.visualizers.attention import QUESTION

    weights = explorer.compute()
    canvas = svg.Canvas()
    canvas.text(LEFT, 32, QUESTION, 18, font_weight="bold")
    scale = (
        ""
        if explorer.d_k is None
        else ", scores divided by √d_k"
        if explorer.scaled
        else ", scores not divided by √d_k"
    )
    head = f"Head: {explorer.head_names[explorer.head]}"
    settings = f"Mask: {explorer.mask} · temperature {explorer.temperature:.2f}{scale}"
    canvas.text(LEFT, 53, svg.shorten(f"{head} · {settings}", 12, 700), 12, palette.MUTED)

    width, bottom = heat_map(canvas, explorer, 92.0)
    if len(explorer.head_names) > 1:
        bottom = _thumbnails(canvas, explorer, bottom + 12, width)
    return canvas.picture(width, bottom + 16, QUESTION, f"{head}. {settings}. {sentence(explorer, weights)}")


def heat_map(canvas: svg.Canvas, explorer: AttentionExplorer, top: float) -> tuple[float, float]:
    """The chosen head's map with its legend from ``top`` on, and the chosen row as bars beside it.

    Returns the width that a picture around both needs, and where they end.
    """
    from course.visualizers.attention import allowed_keys

    weights = explorer.compute()
    queries, keys = weights.shape
    allowed = allowed_keys(explorer.mask, queries, explorer.padding)
    cell = max(4.0, min(34.0, ((MAP_WIDTH if keys <= 16 else LONG_MAP_WIDTH) - LABEL_ROOM) // keys))
    upright = cell < 15  # slanted labels need more room than narrow columns have
    label_size = min(12.0, max(7.0, cell - 1.0))
    row_labels = [svg.shorten(token, label_size, LABEL_ROOM - 10) for token in explorer.tokens]
    column_labels = [svg.shorten(token, label_size, LABEL_ROOM - 10) for token in explorer.key_tokens]
    label_width = max(svg.text_width(text, label_size) for text in row_labels) + 14
    label_width = max(label_width, svg.text_width("query", 11) + 14)
    slant = max(svg.text_width(text, label_size) for text in column_labels) * (1.0 if upright else 0.71)
    x0, y0 = LEFT + ceil(label_width), top + ceil(slant)

    canvas.text(x0, top - 14, "key →", 11, palette.KEY.light, font_weight="bold")
    canvas.text(LEFT, y0 - 8, "query ↓", 11, palette.QUERY.light, font_weight="bold")
    every = ceil(label_size / cell)  # labels of narrower rows would run into one another
    for k, text in enumerate(column_labels):
        if k % every == 0:
            x, y = x0 + k * cell + (cell / 2 + label_size * 0.35 if upright else cell * 0.6), y0 - 6
            turn = f"rotate({-90 if upright else -45} {svg.number(x)} {svg.number(y)})"
            tip = explorer.key_tokens[k] if text != explorer.key_tokens[k] else None
            canvas.text(x, y, text, label_size, palette.KEY.light, tip=tip, transform=turn)
    gap = 1.0 if cell >= 8 else 0.0
    numbered = cell >= 26
    canvas.rect(x0 - 1, y0 - 1, keys * cell + 1, queries * cell + 1, palette.RULE)
    if not numbered:
        canvas.rect(x0, y0, keys * cell - gap, queries * cell - gap, shade(0.0))
        tiles(canvas, weights, x0, y0, (cell, cell), gap)
    hatch = []
    for q in range(queries):
        y = y0 + q * cell
        if q == explorer.row or (q % every == 0 and abs(q - explorer.row) >= every):
            bold = "bold" if q == explorer.row else None
            tip = explorer.tokens[q] if row_labels[q] != explorer.tokens[q] else None
            middle = y + cell / 2 + label_size * 0.35
            canvas.text(
                x0 - 8, middle, row_labels[q], label_size, palette.QUERY.light, "end", tip=tip, font_weight=bold
            )
        for k in range(keys):
            x = x0 + k * cell
            weight = float(weights[q, k])
            fill = shade(weight) if allowed[q, k] else palette.PAPER
            if numbered:
                canvas.rect(x, y, cell - gap, cell - gap, fill)
            if not allowed[q, k]:
                side = cell - gap
                hatch.append(f"M{svg.number(x)} {svg.number(y + side)}l{svg.number(side)} {svg.number(-side)}")
            elif numbered and cell_text(weight):
                middle = y + cell / 2 + 3
                canvas.text(x + (cell - 1) / 2, middle, cell_text(weight), 10, palette.ink_on(fill), "middle")
    if hatch:
        canvas.add(svg.element("path", d="".join(hatch), stroke=palette.RULE, fill="none"))
    row_y = y0 + explorer.row * cell
    canvas.rect(x0 - 1.5, row_y - 1.5, keys * cell + 2, cell + 2, "none", stroke=palette.QUERY.light, stroke_width=2)
    bottom = y0 + queries * cell

    legend_y = bottom + 18
    for step in range(40):
        canvas.rect(x0 + step * 3, legend_y, 3.5, 9, palette.heat((step + 0.5) / 40))
    for weight in (0.0, 0.1, 0.5, 1.0):
        canvas.text(x0 + weight**SHADE_POWER * 120, legend_y + 21, f"{weight:g}", 10, palette.MUTED, "middle")
    canvas.text(x0 + 134, legend_y + 8, "weight", 11, palette.MUTED)
    if hatch:
        hx = x0 + 196
        canvas.rect(hx, legend_y - 1, 11, 11, palette.PAPER, stroke=palette.RULE)
        canvas.line(hx, legend_y + 10, hx + 11, legend_y - 1, palette.RULE)
        canvas.text(hx + 17, legend_y + 8, "masked", 11, palette.MUTED)
    bottom = legend_y + 26

    overhang = 0.0 if upright else slant - cell / 2  # the last slanted label reaches out to the right of the map
    panel_x = ceil(max(x0 + keys * cell + max(overhang, 0), x0 + 250) + GAP)
    panel_bottom = _row_panel(canvas, explorer, weights[explorer.row], panel_x, top)
    return panel_x + PANEL_WIDTH + LEFT, max(bottom, panel_bottom)


def _row_panel(canvas: svg.Canvas, explorer: AttentionExplorer, row: np.ndarray, x: float, y: float) -> float:
    """The chosen query's weights as bars with numbers; returns where the panel ends."""
    from course.visualizers.attention import spread

    token = svg.shorten(explorer.tokens[explorer.row], 15, PANEL_WIDTH - 80)
    canvas.text(x, y - 14, f"“{token}”", 15, palette.QUERY.light, font_weight="bold")
    after = svg.text_width(f"“{token}”", 15) * 1.1
    canvas.text(x + after + 6, y - 14, "looks at", 13, palette.INK)
    order = list(range(len(row)))
    if len(order) > 16:
        order = sorted(order, key=lambda k: (-row[k], k))[:14]
    label_room, bar_room = 78.0, PANEL_WIDTH - 78 - 40
    for line, k in enumerate(order):
        top = y + line * 19
        text = svg.shorten(explorer.key_tokens[k], 12, label_room - 8)
        tip = explorer.key_tokens[k] if text != explorer.key_tokens[k] else None
        canvas.text(x + label_room - 8, top + 12, text, 12, palette.KEY.light, "end", tip=tip)
        canvas.rect(x + label_room, top + 2, bar_room, 13, palette.PANEL)
        canvas.rect(x + label_room, top + 2, bar_room * float(row[k]), 13, BAR)
        canvas.text(x + label_room + bar_room + 8, top + 12, f"{row[k]:.2f}", 11, palette.INK)
    bottom = y + len(order) * 19
    rest = 1.0 - float(sum(row[k] for k in order))
    if len(order) < len(row) and row.sum() > 0:
        canvas.text(
            x, bottom + 14, f"the other {len(row) - len(order)} together: {max(rest, 0.0):.2f}", 11, palette.MUTED
        )
        bottom += 18
    note = f"spread over {spread(row):.1f} tokens" if row.sum() > 0 else "the mask hides every key from this query"
    canvas.text(x, bottom + 16, note, 11, palette.MUTED)
    return bottom + 22


def _thumbnails(canvas: svg.Canvas, explorer: AttentionExplorer, y: float, width: float) -> float:
    """Every head in small, the chosen one framed; returns where the row ends."""
    heads = list(range(len(explorer.head_names)))[:MAX_THUMBNAILS]
    left_out = len(explorer.head_names) - len(heads)
    text = "All heads" if not left_out else f"The first {len(heads)} heads of {len(explorer.head_names)}"
    canvas.line(LEFT, y, width - LEFT, y, palette.RULE)
    canvas.text(LEFT, y + 22, text, 12, font_weight="bold")
    columns = min(len(heads), 6)
    step = (width - 2 * LEFT) / max(columns, 4)
    side = min(76.0, step - 16)
    top = y + 34
    for place, head in enumerate(heads):
        x = LEFT + (place % columns) * step
        line_y = top + (place // columns) * (side + 28)
        weights = explorer.compute(head)
        canvas.rect(x, line_y, side, side, shade(0.0))
        tiles(canvas, weights, x, line_y, (side / weights.shape[1], side / weights.shape[0]))
        chosen = head == explorer.head
        stroke, thickness = (palette.INK, 2) if chosen else (palette.RULE, 1)
        canvas.rect(x - 0.5, line_y - 0.5, side + 1, side + 1, "none", stroke=stroke, stroke_width=thickness)
        name = svg.shorten(explorer.head_names[head], 11, step - 8)
        bold = "bold" if chosen else None
        canvas.text(x, line_y + side + 15, name, 11, palette.INK if chosen else palette.MUTED, font_weight=bold)
    return top + ((len(heads) - 1) // columns + 1) * (side + 28) - 6
