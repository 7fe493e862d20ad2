"""Draws the static picture of the sampling explorer."""

from __future__ import annotations

from course.visualizers import palette, svg
from course.visualizers.sampling import QUESTION, ROWS, SamplingExplorer

LEFT = 20.0
LABEL = 150.0
BARS = 400.0
WIDTH = 760.0
TOP = 104.0
STEP = 21.0
SOLID = palette.HEAT_LIGHT[3]


def percent(share: float) -> str:
    """``0.1234`` → ``"12.3 %"``; what is not zero never reads as zero."""
    return "< 0.1 %" if 0 < share < 0.0005 else f"{share:.1%}".replace("%", " %")


def settings(explorer: SamplingExplorer) -> str:
    """The knobs in words."""
    top_k = str(explorer.top_k) if explorer.top_k else "off"
    top_p = f"{explorer.top_p:.2f}" if explorer.top_p < 1 else "off"
    return f"temperature {explorer.temperature:.2f} · top-k {top_k} · top-p {top_p}"


def summary(explorer: SamplingExplorer) -> tuple[str, str]:
    """Two sentences: what stays, and what is picked."""
    found = explorer.distribution
    share = percent(sum(found.before[: found.kept]))
    tokens = "token stays" if found.kept == 1 else "tokens stay"
    return (
        f"{found.kept:,} of {explorer.size:,} {tokens}, with {share} of the probability.",
        f"u = {explorer.draw:.2f} picks “{explorer.choice}” ({percent(found.after[found.chosen])}).",
    )


def draw(explorer: SamplingExplorer) -> svg.Picture:
    """Bars of the leading tokens before and after filtering, and the strip from which the random number picks."""
    found = explorer.distribution
    canvas = svg.Canvas()
    canvas.text(LEFT, 32, QUESTION, 18, font_weight="bold")
    if explorer.context:
        canvas.text(LEFT, 54, svg.shorten(f"after “{explorer.context}”", 14, WIDTH - 2 * LEFT), 14)
    canvas.text(LEFT, 74, settings(explorer), 12, palette.MUTED)
    bar_x = LEFT + LABEL
    canvas.rect(bar_x + 204, 65, 22, 11, "none", stroke=palette.INK)
    canvas.text(bar_x + 232, 75, "before the cut", 12, palette.MUTED)
    canvas.rect(bar_x + 342, 65, 22, 11, SOLID)
    canvas.text(bar_x + 370, 75, "after the cut, sum 1", 12, palette.MUTED)

    shown = min(ROWS, len(explorer.tokens))
    most = max(*found.before[:shown], *found.after[:shown])
    y = TOP
    for place in range(shown):
        stays = place < found.kept
        ink = palette.INK if stays else palette.MUTED
        bold = "bold" if place == found.chosen else None
        label = svg.shorten(explorer.tokens[place], 13, LABEL - 12)
        canvas.text(bar_x - 8, y + 11, label, 13, ink, "end", font_weight=bold)
        if stays:
            canvas.rect(bar_x, y, max(found.after[place] / most * BARS, 1.0), 14, SOLID)
        canvas.rect(bar_x, y, max(found.before[place] / most * BARS, 1.0), 14, "none", stroke=palette.INK)
        words = percent(found.after[place]) if stays else "cut"
        canvas.text(WIDTH - LEFT, y + 11, words, 12, ink, "end", font_weight=bold)
        canvas.text(WIDTH - LEFT - 76, y + 11, percent(found.before[place]), 12, palette.MUTED, "end")
        y += STEP
    if len(explorer.tokens) > shown:
        rest = len(explorer.tokens) - shown
        before, after = percent(sum(found.before[shown:])), percent(sum(found.after[shown:]))
        words = f"and {rest:,} more: {before} before, {after} after"
        canvas.text(bar_x, y + 11, words, 12, palette.MUTED)
        y += STEP

    y += 26
    left, width = LEFT, WIDTH - 2 * LEFT
    start = 0.0
    for place in range(min(found.kept, shown)):
        share = found.after[place]
        box = (left + start * width, y, share * width, 24)
        canvas.rect(*box, palette.heat(0.62 if place == found.chosen else 0.12), stroke=palette.PAPER)
        label = explorer.tokens[place]
        if svg.text_width(label, 12) + 8 < share * width:
            ink = palette.ink_on(palette.heat(0.62 if place == found.chosen else 0.12))
            canvas.text(left + (start + share / 2) * width, y + 16, label, 12, ink, "middle")
        start += share
    if found.kept > shown:
        canvas.rect(left + start * width, y, (1 - start) * width, 24, palette.PANEL, stroke=palette.RULE)
        if (1 - start) * width > 60:
            canvas.text(left + (start + 1) / 2 * width, y + 16, "others", 12, palette.MUTED, "middle")
    at = left + explorer.draw * width
    for top in (y - 6, y + 24):  # above and below the strip, so that no label is crossed out
        canvas.line(at, top, at, top + 6, palette.INK, stroke_width=2)
    anchor = "middle" if 30 < at - left < width - 30 else ("start" if at - left <= 30 else "end")
    canvas.text(at, y - 9, f"u = {explorer.draw:.2f}", 12, palette.INK, anchor)
    stays_text, picks = summary(explorer)
    canvas.text(LEFT, y + 52, stays_text, 13)
    canvas.text(LEFT, y + 72, picks, 13, font_weight="bold")
    return canvas.picture(WIDTH, y + 90, QUESTION, f"{stays_text} {picks}")
