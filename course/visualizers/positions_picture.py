"""Draws the static pictures of the positions explorer, one function a view."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from course.visualizers import palette, positions, svg
from course.visualizers.positions import PositionsExplorer

LEFT = 20.0
TOP = 96.0
MAP_SIDE = 340.0
PLOT_WIDTH = 380.0
PLOT_X = LEFT + 34 + MAP_SIDE + 62
WIDTH = PLOT_X + PLOT_WIDTH + 24
CURVE = palette.HEAT_LIGHT[3]


def draw(explorer: PositionsExplorer, view: str) -> svg.Picture:
    """The picture of one view."""
    return {"table": _table, "distance": _distance, "rotation": _rotation}[view](explorer)


def _begin(question: str, settings: str) -> svg.Canvas:
    canvas = svg.Canvas()
    canvas.text(LEFT, 32, question, 18, font_weight="bold")
    canvas.text(LEFT, 53, settings, 12, palette.MUTED)
    return canvas


def _settings(explorer: PositionsExplorer) -> str:
    return f"d_model {explorer.d_model} · base {explorer.base:,}".replace(",", " ")


def _map(canvas: svg.Canvas, rows: Sequence[Sequence[float]], x: float, y: float) -> tuple[float, float]:
    """A heat map of numbers from -1 to 1 in a square, neighbours of like shade as one stroke; returns a cell's size."""
    step_x, step_y = MAP_SIDE / len(rows[0]), MAP_SIDE / len(rows)
    levels: dict[int, list[str]] = {}
    for r, row in enumerate(rows):
        shades = [round((value + 1) * 16) for value in row]
        start = 0
        for c in range(1, len(row) + 1):
            if c == len(row) or shades[c] != shades[start]:
                levels.setdefault(shades[start], []).append(f"M{start} {r}h{c - start}")
                start = c
    paths = (
        svg.element("path", d="".join(places), stroke=palette.heat(level / 32), stroke_width="1.03")
        for level, places in sorted(levels.items())
    )
    place = f"translate({svg.number(x)} {svg.number(y + step_y / 2)}) scale({step_x:.4f} {step_y:.4f})"
    canvas.add(svg.element("g", *paths, transform=place, shape_rendering="crispEdges"))
    canvas.rect(x, y, MAP_SIDE, MAP_SIDE, "none", stroke=palette.RULE)
    return step_x, step_y


def _frame(
    canvas: svg.Canvas, x: float, y: float, width: float, height: float, colour: str, dash: str | None = None
) -> None:
    """A frame around cells, with a pale edge so that it shows on dark cells, too."""
    box = (x - 1, y - 1, width + 2, height + 2, "none")
    canvas.rect(*box, stroke=palette.PAPER, stroke_width=4)
    canvas.rect(*box, stroke=colour, stroke_width=2, stroke_dasharray=dash)


def _number(value: float) -> str:
    """Two decimals with a proper minus sign."""
    return f"{value:.2f}".replace("-0.00", "0.00").replace("-", "−")


def _ticks(size: int) -> list[int]:
    """A few round numbers from 0 to size - 1."""
    step = next(s for s in (1, 2, 4, 8, 16, 32) if size / s <= 8)
    return list(range(0, size, step))


def _legend(canvas: svg.Canvas, x: float, y: float, what: str) -> None:
    for step in range(40):
        canvas.rect(x + step * 3, y, 3.5, 9, palette.heat((step + 0.5) / 40))
    for place, text in ((0, "−1"), (60, "0"), (120, "1")):
        canvas.text(x + place, y + 21, text, 10, palette.MUTED, "middle")
    canvas.text(x + 136, y + 8, what, 11, palette.MUTED)


class _Plot:
    """Axes for a curve: x from ``first`` to ``last``, y from -1 to 1."""

    def __init__(self, canvas: svg.Canvas, y: float, height: float, first: float, last: float) -> None:
        self.canvas, self.top, self.height = canvas, y, height
        self.first, self.last = first, max(last, first + 1)
        canvas.rect(PLOT_X, y, PLOT_WIDTH, height, palette.PANEL)
        for value in (-1, 0, 1):
            level = self.y(value)
            canvas.line(PLOT_X, level, PLOT_X + PLOT_WIDTH, level, palette.RULE, stroke_width=1)
            canvas.text(PLOT_X - 6, level + 3.5, str(value).replace("-", "−"), 10, palette.MUTED, "end")

    def x(self, value: float) -> float:
        return PLOT_X + 6 + (value - self.first) / (self.last - self.first) * (PLOT_WIDTH - 12)

    def y(self, value: float) -> float:
        return self.top + 8 + (1 - value) / 2 * (self.height - 16)

    def labels(self, values: Sequence[int], name: str) -> None:
        for value in values:
            text = str(value).replace("-", "−")
            self.canvas.text(self.x(value), self.top + self.height + 13, text, 10, palette.MUTED, "middle")
        self.canvas.text(PLOT_X + PLOT_WIDTH / 2, self.top + self.height + 28, name, 11, palette.MUTED, "middle")

    def curve(self, f: Callable[[float], float], first: float, last: float, stroke: str, **style: object) -> None:
        steps = 240
        places = [first + (last - first) * step / steps for step in range(steps + 1)]
        self.canvas.polyline(((self.x(p), self.y(f(p))) for p in places), stroke, stroke_width=1.8, **style)

    def dots(self, values: dict[int, float], radius: float, fill: str) -> None:
        for place, value in values.items():
            self.canvas.circle(self.x(place), self.y(value), radius, fill)

    def mark(self, place: float, value: float, stroke: str) -> None:
        self.canvas.line(self.x(place), self.top, self.x(place), self.top + self.height, stroke, stroke_dasharray="3 3")
        self.canvas.circle(self.x(place), self.y(value), 5, palette.PAPER, stroke=stroke, stroke_width=2.5)


def _table(explorer: PositionsExplorer) -> svg.Picture:
    d_model, base, place, dimension = explorer.d_model, explorer.base, explorer.position, explorer.dimension
    question = positions.QUESTIONS["table"]
    canvas = _begin(question, f"Sinusoidal table: {explorer.length} positions · {_settings(explorer)}")
    x, y = LEFT + 34, TOP
    rows = explorer.compute()
    step_x, step_y = _map(canvas, rows, x, y)
    for tick in _ticks(explorer.length):
        canvas.text(x - 6, y + (tick + 0.5) * step_y + 3.5, str(tick), 10, palette.MUTED, "end")
    for tick in _ticks(d_model):
        canvas.text(x + (tick + 0.5) * step_x, y - 6, str(tick), 10, palette.MUTED, "middle")
    canvas.text(x + MAP_SIDE / 2, y - 20, "dimension", 11, palette.MUTED, "middle")
    middle = f"rotate(-90 {svg.number(x - 24)} {svg.number(y + MAP_SIDE / 2)})"
    canvas.text(x - 24, y + MAP_SIDE / 2, "position", 11, palette.MUTED, "middle", transform=middle)
    _frame(canvas, x + dimension * step_x, y, step_x, MAP_SIDE, palette.INK, "4 3")
    _frame(canvas, x, y + place * step_y, MAP_SIDE, step_y, palette.QUERY.light)
    _legend(canvas, x, y + MAP_SIDE + 14, "value")

    canvas.text(PLOT_X, y - 8, f"The vector of position {place}", 13, palette.QUERY.light, font_weight="bold")
    plot = _Plot(canvas, y, 120, 0, d_model - 1)
    vector = {d: rows[place][d] for d in range(d_model)}
    canvas.polyline(((plot.x(d), plot.y(v)) for d, v in vector.items()), palette.QUERY.light, stroke_width=1)
    plot.dots(vector, 2.2, palette.QUERY.light)
    plot.labels(_ticks(d_model), "dimension")

    wave = "cosine" if dimension % 2 else "sine"
    turns = positions.period(dimension // 2, d_model, base)
    canvas.text(PLOT_X, y + 188, f"Dimension {dimension} at every position", 13, font_weight="bold")
    canvas.text(
        PLOT_X + PLOT_WIDTH, y + 188, f"a {wave}, one wave in {_short(turns)} positions", 11, palette.MUTED, "end"
    )
    plot = _Plot(canvas, y + 196, 120, 0, explorer.length - 1)
    last = explorer.length - 1
    plot.curve(lambda p: positions.encoding(p, dimension, d_model, base), 0, last, CURVE)
    plot.dots({p: rows[p][dimension] for p in range(explorer.length)}, 2, CURVE)
    plot.mark(place, rows[place][dimension], palette.QUERY.light)
    plot.labels(_ticks(explorer.length), "position")
    says = f"Position {place}, dimension {dimension}: {_number(rows[place][dimension])}."
    return canvas.picture(WIDTH, y + MAP_SIDE + 50, question, says)


def _short(value: float) -> str:
    """A number of positions, as exact as it is useful."""
    return f"{value:.1f}" if value < 100 else f"{value:,.0f}".replace(",", " ")


def _distance_ticks(length: int) -> list[int]:
    step = max(s for s in (1, 2, 5, 10, 20, 40) if s <= max(1, (length - 1) / 3))
    reach = (length - 1) // step * step
    return list(range(-reach, reach + 1, step))


def _signed(value: int) -> str:
    return f"{value:+d}".replace("-", "−") if value else "0"


def _distance(explorer: PositionsExplorer) -> svg.Picture:
    d_model, base, length = explorer.d_model, explorer.base, explorer.length
    place, other = explorer.position, explorer.other
    question = positions.QUESTIONS["distance"]
    canvas = _begin(question, f"Dot products of sinusoidal encodings, largest = 1 · {_settings(explorer)}")
    x, y = LEFT + 34, TOP
    by_distance = [positions.agreement(k, d_model, base) for k in range(length)]
    step_x, step_y = _map(canvas, [[by_distance[abs(q - k)] for k in range(length)] for q in range(length)], x, y)
    for tick in _ticks(length):
        canvas.text(x - 6, y + (tick + 0.5) * step_y + 3.5, str(tick), 10, palette.MUTED, "end")
        canvas.text(x + (tick + 0.5) * step_x, y - 6, str(tick), 10, palette.MUTED, "middle")
    canvas.text(x + MAP_SIDE / 2, y - 20, "the other position", 11, palette.KEY.light, "middle")
    middle = f"rotate(-90 {svg.number(x - 24)} {svg.number(y + MAP_SIDE / 2)})"
    canvas.text(x - 24, y + MAP_SIDE / 2, "position", 11, palette.QUERY.light, "middle", transform=middle)
    row_y = y + place * step_y
    _frame(canvas, x, row_y, MAP_SIDE, step_y, palette.QUERY.light)
    spot = (x + (other + 0.5) * step_x, row_y + step_y / 2)
    canvas.circle(*spot, 6, "none", stroke=palette.PAPER, stroke_width=5)
    canvas.circle(*spot, 6, "none", stroke=palette.KEY.light, stroke_width=2.5)
    _legend(canvas, x, y + MAP_SIDE + 14, "dot product ÷ (d_model / 2)")

    value = positions.agreement(other - place, d_model, base)
    canvas.text(PLOT_X, y - 8, "Dot product by distance", 13, font_weight="bold")
    plot = _Plot(canvas, y, 200, 1 - length, length - 1)
    plot.curve(lambda k: positions.agreement(k, d_model, base), 1 - length, length - 1, CURVE)
    seen = {k - place: by_distance[abs(k - place)] for k in range(length)}
    plot.dots(seen, 2.4, palette.QUERY.light)
    plot.mark(other - place, value, palette.KEY.light)
    plot.labels(_distance_ticks(length), "distance: the other position minus this one")
    text_y = y + 200 + 56
    dot = value * d_model / 2
    canvas.text(
        PLOT_X, text_y, f"Positions {place} and {other}: distance {_signed(other - place)}", 13, font_weight="bold"
    )
    canvas.text(
        PLOT_X, text_y + 22, f"dot product {_number(dot)} of at most {d_model // 2}, that is {_number(value)}", 12
    )
    for line, text in enumerate(
        (
            f"Dots: what position {place} sees of all the others.",
            "They lie on one curve wherever it stands: only the distance counts,",
            "and left and right look alike.",
        )
    ):
        canvas.text(PLOT_X, text_y + 48 + 17 * line, text, 12, palette.MUTED)
    says = f"Positions {place} and {other} have the dot product {_number(dot)} of at most {d_model // 2}."
    return canvas.picture(WIDTH, y + MAP_SIDE + 50, question, says)


def _arrow(canvas: svg.Canvas, cx: float, cy: float, tip: tuple[float, float], role: palette.Role, ghost: bool) -> None:
    """An arrow from the centre; the ghost is where it pointed before it was turned."""
    x, y = tip
    length = math.hypot(x - cx, y - cy)
    ux, uy = (x - cx) / length, (y - cy) / length
    fade = 0.4 if ghost else None
    size = 7 if ghost else 12
    style = {"stroke_width": 1.5 if ghost else 3.5, "stroke_dasharray": role.dash, "opacity": fade}
    canvas.line(cx, cy, x - ux * size * 0.8, y - uy * size * 0.8, role.light, **style)
    wing = size * 0.5
    corners = (
        (x, y),
        (x - ux * size - uy * wing, y - uy * size + ux * wing),
        (x - ux * size + uy * wing, y - uy * size - ux * wing),
    )
    points = " ".join(f"{svg.number(a)},{svg.number(b)}" for a, b in corners)
    canvas.add(svg.element("polygon", points=points, fill=role.light, opacity=fade))


def _rotation(explorer: PositionsExplorer) -> svg.Picture:
    d_model, base, length, pair = explorer.d_model, explorer.base, explorer.length, explorer.pair
    place, other = explorer.position, explorer.other
    angle = positions.frequency(pair, d_model, base)
    question = positions.QUESTIONS["rotation"]
    canvas = _begin(
        question, f"Pair {pair} of {d_model // 2} (dimensions {2 * pair} and {2 * pair + 1}) · {_settings(explorer)}"
    )
    cx, cy, radius = LEFT + 34 + MAP_SIDE / 2, TOP + MAP_SIDE / 2, MAP_SIDE / 2 - 26
    canvas.circle(cx, cy, radius, palette.PANEL, stroke=palette.RULE)
    canvas.line(cx - radius, cy, cx + radius, cy, palette.RULE)
    canvas.line(cx, cy - radius, cx, cy + radius, palette.RULE)

    def on_page(point: tuple[float, float]) -> tuple[float, float]:
        return cx + point[0] * radius, cy - point[1] * radius

    for role, arrow, at in (
        (palette.KEY, positions.KEY_PAIR, other),
        (palette.QUERY, positions.QUERY_PAIR, place),
    ):
        _arrow(canvas, cx, cy, on_page(positions.turned(arrow, 0, angle)), role, ghost=True)
        tip = positions.turned(arrow, at, angle)
        _arrow(canvas, cx, cy, on_page(tip), role, ghost=False)
        stretch = (arrow[0] + 0.12) / arrow[0]
        lx, ly = on_page((tip[0] * stretch, tip[1] * stretch))
        canvas.text(lx, ly + 5, role.name[0], 15, role.light, "middle", font_weight="bold", font_style="italic")
    canvas.circle(cx, cy, 3, palette.INK)
    canvas.text(
        cx, TOP + MAP_SIDE + 14, "thin: before turning · thick: turned to its position", 11, palette.MUTED, "middle"
    )

    gap = other - place
    score = positions.rotary_score(place, other, angle)
    y = TOP
    canvas.text(PLOT_X, y - 8, "Dot product q · k by distance", 13, font_weight="bold")
    plot = _Plot(canvas, y, 160, 1 - length, length - 1)
    plot.curve(lambda k: positions.rotary_score(0, k, angle), 1 - length, length - 1, CURVE)
    plot.mark(gap, score, palette.KEY.light)
    plot.labels(_distance_ticks(length), "distance: the key's position minus the query's")
    text_y = y + 160 + 58
    turn = svg.number(math.degrees(angle), 2 if angle > 0.001 else 5)
    lines = (
        ("query", palette.QUERY, f"position {place}: turned by {place} × {turn}°"),
        ("key", palette.KEY, f"position {other}: turned by {other} × {turn}°"),
    )
    for line, (name, role, text) in enumerate(lines):
        canvas.text(PLOT_X, text_y + 20 * line, name, 13, role.light, font_weight="bold")
        canvas.text(PLOT_X + 48, text_y + 20 * line, text, 12)
    text = f"distance {_signed(gap)}: q · k = {_number(score)}"
    canvas.text(PLOT_X, text_y + 46, text, 14, font_weight="bold")
    round_once = f"This pair turns once around in {_short(positions.period(pair, d_model, base))} positions."
    for line, text in enumerate((round_once, "Move both by the same number of positions, and q · k stays as it is.")):
        canvas.text(PLOT_X, text_y + 72 + 17 * line, text, 12, palette.MUTED)
    says = f"Query at position {place}, key at position {other}: dot product {_number(score)}."
    return canvas.picture(WIDTH, TOP + MAP_SIDE + 34, question, says)
