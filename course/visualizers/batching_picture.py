"""Draws the static picture of the batching explorer."""

from __future__ import annotations

from collections.abc import Sequence

from course.visualizers import palette, svg
from course.visualizers.batching import QUESTION, BatchingExplorer, Served, Summary, summarize

WIDTH = 760.0
LEFT = 20.0
PLOT = WIDTH - 2 * LEFT
LANES = 190.0
WAITING = palette.HEAT_LIGHT[1]
BUSY = (palette.HEAT_LIGHT[3], palette.HEAT_LIGHT[4])
COLUMNS = (("p50", 430), ("p95", 505), ("p99", 580), ("requests/s", 660), ("batches", 740))


def ms(value: float) -> str:
    """``12.34`` → ``"12.3 ms"``; from 100 ms on without decimals."""
    return f"{value:.0f} ms" if value >= 99.95 else f"{value:.1f} ms"


def settings(explorer: BatchingExplorer) -> str:
    """Load and costs in words."""
    coming = f"{explorer.load:.0f} requests a second" if explorer.native_load else "all at once"
    return (
        f"{len(explorer.pattern)} requests, {coming} · a batch of n takes {explorer.base_ms:g} + "
        f"{explorer.per_item_ms:g} n ms · max wait {explorer.max_wait_ms:g} ms · "
        f"max batch size {explorer.max_batch_size}"
    )


def verdict(single: Sequence[Served], batched: Sequence[Served]) -> tuple[str, str]:
    """Whom the batches keep waiting, and what they bring: two sentences."""
    slower = [b.latency - s.latency for s, b in zip(single, batched, strict=True) if b.latency > s.latency]
    whom = (
        f"{len(slower)} of {len(single)} get their answer later than one at a time, by up to {ms(max(slower))}."
        if slower
        else "Nobody gets the answer later than one at a time."
    )
    ratio = summarize(batched).throughput / summarize(single).throughput
    return whom, f"Throughput: {ratio:.2f} times that of one at a time."


def story(explorer: BatchingExplorer, single: Served, batched: Served) -> str:
    """What happens to the chosen request."""
    company = "alone" if batched.size == 1 else f"in a batch of {batched.size}"
    return (
        f"Request {explorer.request} comes at {ms(batched.arrival)}, waits {ms(batched.waiting)} and is computed "
        f"{company}: {ms(batched.latency)}. One at a time: {ms(single.latency)}."
    )


def _step(end: float) -> float:
    size = 1.0
    while end / size > 10:
        size *= 2.5 if f"{size:g}"[0] == "2" else 2
    return size


def _lanes(canvas: svg.Canvas, served: Sequence[Served], chosen: int, top: float, end: float) -> float:
    row = min(LANES / len(served), 14.0)
    height = row * len(served)

    def x(time: float) -> float:
        return LEFT + time / end * PLOT

    canvas.rect(LEFT, top, PLOT, height, palette.PANEL)
    step = _step(end)
    for tick in range(1, int(end / step) + 1):
        canvas.line(x(tick * step), top, x(tick * step), top + height, palette.RULE)
    bar = max(row - 1.0, row * 0.6)
    for place, request in enumerate(served):
        y = top + place * row
        tip = f"request {place + 1}: waits {ms(request.waiting)}, latency {ms(request.latency)}"
        canvas.rect(x(request.arrival), y, x(request.start) - x(request.arrival), bar, WAITING)
        colour = BUSY[request.batch % 2]
        canvas.rect(x(request.start), y, x(request.finish) - x(request.start), bar, colour, tip=tip)
    # Last, so that the rows below don't cover it.
    y, request = top + chosen * row, served[chosen]
    box = (x(request.arrival) - 2, y - 2, x(request.finish) - x(request.arrival) + 4, bar + 4)
    canvas.rect(*box, "none", stroke=palette.INK, stroke_width=1.5)
    return top + height


def _row(canvas: svg.Canvas, name: str, found: Summary, y: float) -> None:
    canvas.text(LEFT, y, name, 14, font_weight="bold")
    words = (ms(found.p50), ms(found.p95), ms(found.p99), f"{found.throughput:.1f}", str(found.batches))
    for (_, x), word in zip(COLUMNS, words, strict=True):
        canvas.text(x, y, word, 13, palette.INK, "end")


def draw(explorer: BatchingExplorer) -> svg.Picture:
    """Two time lines of the same requests, one under the other, with what a load test would report."""
    single, batched = explorer.compute()
    end = max(single[-1].finish, batched[-1].finish)
    canvas = svg.Canvas()
    canvas.text(LEFT, 32, QUESTION, 18, font_weight="bold")
    canvas.text(LEFT, 53, settings(explorer), 12, palette.MUTED)
    canvas.rect(LEFT, 67, 22, 10, WAITING)
    canvas.text(LEFT + 28, 76, "waiting", 12, palette.MUTED)
    for place, colour in enumerate(BUSY):
        canvas.rect(LEFT + 92 + 12 * place, 67, 11, 10, colour)
    canvas.text(LEFT + 121, 76, "computing (shades change from batch to batch)", 12, palette.MUTED)
    for name, x in COLUMNS:
        canvas.text(x, 96, name, 12, palette.MUTED, "end")
    y = 96.0
    chosen = explorer.request - 1
    for name, served in (("One at a time", single), ("Dynamic batches", batched)):
        _row(canvas, name, summarize(served), y + 18)
        y = _lanes(canvas, served, chosen, y + 28, end) + 8
    step = _step(end)
    for tick in range(int(end / step) + 1):
        at = LEFT + tick * step / end * PLOT
        anchor = "start" if tick == 0 else ("end" if at > WIDTH - LEFT - 14 else "middle")
        canvas.text(at, y + 7, svg.number(tick * step), 11, palette.MUTED, anchor)
    canvas.text(WIDTH - LEFT, y + 23, "milliseconds", 11, palette.MUTED, "end")
    told = story(explorer, single[chosen], batched[chosen])
    whom, gain = verdict(single, batched)
    canvas.text(LEFT, y + 44, whom, 13, font_weight="bold")
    canvas.text(LEFT, y + 64, gain, 13, font_weight="bold")
    canvas.text(LEFT, y + 86, told, 12)
    return canvas.picture(WIDTH, y + 102, QUESTION, f"{whom} {gain} {told}")
