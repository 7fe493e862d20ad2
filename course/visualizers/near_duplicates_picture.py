"""Draws the static picture of the near-duplicate explorer."""

from __future__ import annotations

from course.visualizers import palette, svg
from course.visualizers.near_duplicates import MAX_HASHES, QUESTION, Comparison, NearDuplicateExplorer

WIDTH = 820.0
LEFT = 20.0
CELL, ROW = 9.5, 24.0
COLUMNS = 80
PLOT_LEFT, PLOT_WIDTH, PLOT_HEIGHT = 60.0, 720.0, 170.0
CURVE = palette.HEAT_LIGHT[3]


def draw(explorer: NearDuplicateExplorer) -> svg.Picture:
    """Both texts with their common parts shaded, and the estimate below."""
    found = explorer.compute()
    name, *texts = explorer.pairs[explorer.pair]
    canvas = svg.Canvas()
    canvas.text(LEFT, 32, QUESTION, 18, font_weight="bold")
    canvas.text(LEFT, 53, f"{name} · shingles of {explorer.size} · {explorer.hashes} hash functions", 12, palette.MUTED)
    y = 84.0
    for text, shared in zip(texts, found.shared, strict=True):
        y = _text(canvas, text, shared, y)
    words = f"{found.common} of {found.together} shingles are common: J = {found.jaccard:.3f}"
    canvas.text(LEFT, y + 6, words, 14, font_weight="bold")
    canvas.text(WIDTH - LEFT, y + 6, "the darker, the more shingles through it are common", 11, palette.MUTED, "end")
    estimate = found.estimates()[explorer.hashes - 1]
    y = _plot(canvas, found, explorer.hashes, y + 44)
    canvas.text(
        LEFT, y + 4,
        f"{explorer.hashes} hash functions say {estimate:.3f}; expected error {found.error(explorer.hashes):.3f}", 14,
        font_weight="bold",
    )  # fmt: skip
    return canvas.picture(WIDTH, y + 22, QUESTION, f"{words}; MinHash says {estimate:.3f}")


def _text(canvas: svg.Canvas, text: str, shared: tuple[float, ...], y: float) -> float:
    for start in range(0, len(text), COLUMNS):
        for place in range(start, min(start + COLUMNS, len(text))):
            colour = palette.heat(0.62 * shared[place])
            x = LEFT + (place - start) * CELL
            canvas.rect(x, y - 16, CELL, ROW - 4, colour)
            if text[place] != " ":
                canvas.text(
                    x + CELL / 2, y, text[place], 14, palette.ink_on(colour), "middle", font_family=svg.MONO
                )
        y += ROW
    return y + 8


def _plot(canvas: svg.Canvas, found: Comparison, hashes: int, top: float) -> float:
    def x(count: float) -> float:
        return PLOT_LEFT + (count - 1) / (MAX_HASHES - 1) * PLOT_WIDTH

    def y(value: float) -> float:
        return top + (1 - min(max(value, 0.0), 1.0)) * PLOT_HEIGHT

    canvas.rect(PLOT_LEFT, top, PLOT_WIDTH, PLOT_HEIGHT, palette.PANEL)
    counts = range(1, MAX_HASHES + 1)
    band = [(x(k), y(found.jaccard + found.error(k))) for k in counts]
    band += [(x(k), y(found.jaccard - found.error(k))) for k in reversed(counts)]
    points = " ".join(f"{svg.number(a)},{svg.number(b)}" for a, b in band)
    canvas.add(svg.element("polygon", points=points, fill=palette.HEAT_LIGHT[1], opacity=0.7))
    for value in (0.0, 0.5, 1.0):
        canvas.line(PLOT_LEFT, y(value), PLOT_LEFT + PLOT_WIDTH, y(value), palette.RULE)
        canvas.text(PLOT_LEFT - 8, y(value) + 4, svg.number(value), 11, palette.MUTED, "end")
    canvas.line(
        PLOT_LEFT, y(found.jaccard), PLOT_LEFT + PLOT_WIDTH, y(found.jaccard), palette.INK, stroke_dasharray="6 3"
    )
    legend = "line: the estimate · dashed: Jaccard's index · shaded: ± one expected error"
    canvas.text(PLOT_LEFT, top - 8, legend, 11, palette.MUTED)
    estimates = found.estimates()
    canvas.polyline(((x(k), y(estimates[k - 1])) for k in counts), CURVE, stroke_width=2)
    canvas.circle(x(hashes), y(estimates[hashes - 1]), 5, palette.PAPER, stroke=CURVE, stroke_width=2.5)
    for count in (1, 32, 64, 128, 192, 256):
        canvas.text(x(count), top + PLOT_HEIGHT + 15, str(count), 11, palette.MUTED, "middle")
    canvas.text(PLOT_LEFT + PLOT_WIDTH / 2, top + PLOT_HEIGHT + 32, "hash functions", 11, palette.MUTED, "middle")
    return top + PLOT_HEIGHT + 58
