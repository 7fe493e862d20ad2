"""Draws the static picture of the data-flow explorer."""

from __future__ import annotations

from math import ceil

from course.visualizers import palette, svg
from course.visualizers.dataflow import QUESTION, DataflowExplorer
from course.visualizers.dataflow_record import Stop

LEFT = 20.0
WIDTH = 930.0
ROW = 24.0
TOP = 104.0
INDENT = 16.0
SHAPE_X, BAR_X, TURN_X, PANEL_X = 268.0, 372.0, 560.0, 690.0
BAR_ROOM = 120.0
PANEL_ROOM = WIDTH - LEFT - PANEL_X
MOST_TOKENS = 20
BAR = palette.HEAT_LIGHT[3]
NOTES = (
    "Norm: the L2 length of a token’s vector. Direction: the angle between what goes in and what comes out; → is none.",
    "An addition joins a result to the residual stream (angle: the stream before, after); +0.50×: half as long as it.",
)


def length_text(norm: float | None) -> str:
    """A norm in three or four characters, or what is wrong with it."""
    if norm is None:
        return "not finite"
    return f"{norm:.2f}" if norm < 100 else f"{norm:.0f}"


def minus(value: float) -> str:
    """Two decimals with a proper minus sign, and never "-0.00"."""
    text = f"{value:.2f}"
    return text[1:] if text == "-0.00" else text.replace("-", "−")


def sentence(explorer: DataflowExplorer) -> str:
    """The chosen stop in words."""
    stop = explorer.chosen()
    place = f"{stop.path or explorer.title}: {stop.kind}" if stop.kind != "input" else "input"
    parts = [f"{place}, shape {shape_text(stop.shape)}"]
    if stop.norm is not None:
        parts.append(f"mean norm {length_text(stop.norm)}")
    if stop.cosine is not None:
        parts.append(f"cosine between in and out {minus(stop.cosine)}")
    if stop.added is not None:
        parts.append(f"adds a vector {stop.added:.2f} times as long as the stream")
    return ", ".join(parts) + "."


def shape_text(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape)) or "–"


def draw(explorer: DataflowExplorer) -> svg.Picture:
    """A row for each stop that is shown, and beside them every token's norm at the chosen stop."""
    canvas = svg.Canvas()
    canvas.text(LEFT, 32, QUESTION, 18, font_weight="bold")
    name = explorer.names[explorer.chosen().number]
    token = name[explorer.token] if explorer.token < len(name) else max(explorer.names, key=len)[explorer.token]
    canvas.text(LEFT, 53, svg.shorten(f"{explorer.title} · dot: “{token}”", 12, 500), 12, palette.MUTED)
    rows = explorer.visible()
    most = max((norm for stop in rows for norm in stop.norms if norm is not None), default=1.0) or 1.0
    for x, text in ((LEFT, "stop"), (SHAPE_X, "shape"), (BAR_X, "norm: mean, dot"), (TURN_X, "direction: cosine")):
        canvas.text(x, TOP - 14, text, 11, palette.MUTED, font_weight="bold")
    _blocks(canvas, rows)
    chosen = explorer.chosen()
    for line, stop in enumerate(rows):
        y = TOP + line * ROW
        if stop is chosen:
            box = (LEFT - 8, y + 1, PANEL_X - 16 - LEFT, ROW - 2)
            canvas.rect(*box, "none", rx=4, stroke=palette.INK, stroke_width=2)
        _row(canvas, explorer, stop, y, most)
    bottom = max(TOP + len(rows) * ROW, _tokens(canvas, explorer, chosen))
    canvas.text(LEFT, bottom + 20, NOTES[0], 11, palette.MUTED)
    canvas.text(LEFT, bottom + 36, NOTES[1], 11, palette.MUTED)
    return canvas.picture(WIDTH, ceil(bottom) + 52, QUESTION, f"{explorer.title}. {sentence(explorer)}")


def _blocks(canvas: svg.Canvas, rows: list[Stop]) -> None:
    """A ground and a rule beside the parts of each open stop."""
    for line, stop in enumerate(rows):
        inside = 0
        while line + 1 + inside < len(rows) and rows[line + 1 + inside].depth > stop.depth:
            inside += 1
        if inside:
            x, y = LEFT + stop.depth * INDENT, TOP + line * ROW
            if stop.depth == 0:
                canvas.rect(LEFT - 8, y, PANEL_X - 16 - LEFT, (inside + 1) * ROW, palette.PANEL, rx=6)
            canvas.line(x + 5, y + ROW, x + 5, y + (inside + 1) * ROW - 5, palette.RULE, stroke_width=2)


def _row(canvas: svg.Canvas, explorer: DataflowExplorer, stop: Stop, y: float, most: float) -> None:
    x, middle = LEFT + stop.depth * INDENT, y + ROW / 2 + 4
    mark = x + 5
    opened = stop.number in explorer.expanded
    if any(other.parent == stop.number for other in explorer.stops):
        canvas.text(mark, middle, "−" if opened else "+", 13, palette.INK, "middle", font_weight="bold")
    elif stop.kind == "addition":
        canvas.circle(mark, y + ROW / 2, 6, palette.PAPER, stroke=palette.INK)
        canvas.line(mark - 6, y + ROW / 2, mark + 6, y + ROW / 2, palette.INK)
        canvas.line(mark, y + ROW / 2 - 6, mark, y + ROW / 2 + 6, palette.INK)
    else:
        canvas.circle(mark, y + ROW / 2, 2.5, palette.MUTED)
    text = svg.shorten(stop.name, 12, SHAPE_X - x - 22)
    tip = f"{stop.path}: {stop.kind}" if stop.path else stop.kind
    canvas.text(x + 16, middle, text, 12, tip=tip, font_weight="bold" if opened else None)
    canvas.text(SHAPE_X, middle, svg.shorten(shape_text(stop.shape), 11, BAR_X - SHAPE_X - 8), 11, palette.MUTED)
    if stop.norms:
        canvas.rect(BAR_X, y + 6, BAR_ROOM, ROW - 12, palette.PAPER, stroke=palette.RULE, stroke_width=0.5)
        if stop.norm is not None:
            canvas.rect(BAR_X, y + 6, BAR_ROOM * stop.norm / most, ROW - 12, palette.HEAT_LIGHT[2])
        own = stop.norms[explorer.token] if explorer.token < len(stop.norms) else None
        if own is not None:
            canvas.circle(BAR_X + BAR_ROOM * own / most, y + ROW / 2, 4, palette.INK, stroke=palette.PAPER)
        canvas.text(BAR_X + BAR_ROOM + 10, middle, length_text(stop.norm), 11)
    if stop.cosine is not None:
        turn(canvas, TURN_X, y + ROW / 2, stop.cosine)
        canvas.text(TURN_X + 26, middle, minus(stop.cosine), 11)
        if stop.added is not None:
            canvas.text(TURN_X + 60, middle, f"+{stop.added:.2f}×", 11, palette.MUTED)


def turn(canvas: svg.Canvas, x: float, y: float, cosine: float) -> None:
    """An arrow that is turned by the angle: level where nothing was turned, upright at a right angle."""
    middle, reach = x + 9, 9.0
    held = min(max(cosine, -1.0), 1.0)
    dx, dy = reach * held, -reach * (1 - held * held) ** 0.5
    start, tip = (middle - dx, y - dy), (middle + dx, y + dy)
    canvas.line(*start, *tip, BAR, stroke_width=2)
    ux, uy = dx / reach, dy / reach
    wings = [(tip[0] - 5 * ux + side * 3.5 * uy, tip[1] - 5 * uy - side * 3.5 * ux) for side in (1, -1)]
    points = " ".join(f"{svg.number(px)},{svg.number(py)}" for px, py in (tip, *wings))
    canvas.add(svg.element("polygon", points=points, fill=BAR))


def _tokens(canvas: svg.Canvas, explorer: DataflowExplorer, stop: Stop) -> float:
    """Each token's norm at the chosen stop as bars with numbers; returns where the panel ends."""
    canvas.text(PANEL_X, TOP - 30, svg.shorten(stop.path or stop.name, 14, PANEL_ROOM), 14, font_weight="bold")
    canvas.text(PANEL_X, TOP - 14, svg.shorten(f"{stop.kind}, norm of each token", 11, PANEL_ROOM), 11, palette.MUTED)
    names = explorer.names[stop.number]
    if not stop.norms:
        canvas.text(PANEL_X, TOP + 14, "no vector per token here", 12, palette.MUTED)
        return TOP + 20
    first = min(max(explorer.token - MOST_TOKENS // 2, 0), max(len(names) - MOST_TOKENS, 0))
    most = max((norm for norm in stop.norms if norm is not None), default=1.0) or 1.0
    label_room, bar_room = 84.0, PANEL_ROOM - 84 - 44
    y = TOP
    for place in range(first, min(first + MOST_TOKENS, len(names))):
        bold = "bold" if place == explorer.token else None
        text = svg.shorten(names[place], 12, label_room - 8)
        tip = names[place] if text != names[place] else None
        canvas.text(PANEL_X + label_room - 8, y + 12, text, 12, palette.INK, "end", tip=tip, font_weight=bold)
        norm = stop.norms[place]
        canvas.rect(PANEL_X + label_room, y + 2, bar_room, 13, palette.PANEL)
        if norm is not None:
            fill = BAR if bold else palette.HEAT_LIGHT[2]
            canvas.rect(PANEL_X + label_room, y + 2, bar_room * norm / most, 13, fill)
        shown = length_text(norm) if norm is not None else "—"
        canvas.text(PANEL_X + label_room + bar_room + 6, y + 12, shown, 11, palette.INK, font_weight=bold)
        y += 19
    if len(names) > MOST_TOKENS:
        canvas.text(PANEL_X, y + 14, f"{MOST_TOKENS} of {len(names)} positions", 11, palette.MUTED)
        y += 18
    return y
