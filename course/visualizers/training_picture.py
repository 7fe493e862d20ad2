"""Draws the static picture of the training dashboard, without times: the same numbers give the same bytes."""

from __future__ import annotations

import math
from collections.abc import Sequence

from course.visualizers import palette, svg
from course.visualizers.training import QUESTION, VALIDATION, Point, TrainingDashboard, panels, smoothed, thinned

WIDTH = 760.0
LEFT = 20.0
AXIS = 52.0
BIG, SMALL = 230.0, 100.0
GUTTER = 24.0
MOST_DOTS = 20
"""A stretch of so few points shows each as a dot: between them, nothing was measured."""
MAIN, RAW, SECOND = palette.HEAT_LIGHT[3], palette.HEAT_LIGHT[2], palette.INK


def words(name: str) -> str:
    """``validation_loss`` → ``validation loss``."""
    return name.replace("_", " ")


def short(value: float) -> str:
    """A number of any size in four significant digits: ``0.6931``, ``3e-05``, ``1.2e+06``."""
    return f"{value:.4g}".replace("-", "−")


def is_loss(name: str) -> bool:
    """Whether the logarithmic scale applies to this curve."""
    return name.removeprefix(VALIDATION).split("_")[-1] == "loss"


def is_smoothed(name: str) -> bool:
    """Whether smoothing applies: to the noisy losses of single batches, not to measurements of a whole set."""
    return is_loss(name) and not name.startswith(VALIDATION)


def sentences(board: TrainingDashboard) -> list[str]:
    """What was logged last, and for losses the lowest so far."""
    found = []
    for name, points in board.history.items():
        finite = [(value, step) for step, value in points if math.isfinite(value)]
        if not finite:
            continue
        said = f"{words(name)} {short(finite[-1][0])}"
        if is_loss(name) and len(finite) > 1:
            lowest, step = min(finite)
            said += f" (first {short(finite[0][0])}, lowest {short(lowest)} at step {step})"
        found.append(said)
    return found


def warnings(board: TrainingDashboard) -> list[str]:
    """What a reader must not miss: numbers that are not finite, and steps that went back."""
    found = []
    for name, points in board.history.items():
        broken = [(step, value) for step, value in points if not math.isfinite(value)]
        if broken:
            step, value = broken[0]
            last = [earlier for earlier, each in points if math.isfinite(each) and earlier < step]
            before = f"; the last finite one before was at step {last[-1]}" if last else ""
            more = f", and {len(broken) - 1} more" if len(broken) > 1 else ""
            found.append(f"{words(name)} is {_spelled(value)} at step {step}{more}{before}.")
    if board.restarts:
        step, at = board.restarts[0]
        more = f", and {len(board.restarts) - 1} more times" if len(board.restarts) > 1 else ""
        found.append(f"Step {step} came after step {at - 1}{more}: counted on as {at}. Count steps through all epochs.")
    return found


def _spelled(value: float) -> str:
    return "NaN" if math.isnan(value) else ("infinite" if value > 0 else "minus infinity")


def ticks(low: float, high: float) -> list[float]:
    """Three to six round numbers from ``low`` to ``high``."""
    raw = (high - low) / 4
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= raw)
    first = math.ceil(low / step - 1e-9)
    return [step * place for place in range(first, math.floor(high / step + 1e-9) + 1)]


def _scale(values: Sequence[float], log_scale: bool) -> tuple[float, float]:
    shown = [math.log10(value) for value in values] if log_scale else list(values)
    if not shown:
        return 0.0, 1.0
    low, high = min(shown), max(shown)
    room = (high - low) * 0.05 or max(abs(high) * 0.1, 1e-9)
    return low - room, high + room


def _stretches(points: Sequence[Point], log_scale: bool) -> list[list[tuple[float, float]]]:
    found: list[list[tuple[float, float]]] = [[]]
    for step, value in points:
        if value is None or (log_scale and value <= 0):
            found.append([])
        else:
            found[-1].append((step, math.log10(value) if log_scale else value))
    return [stretch for stretch in found if stretch]


def _panel(
    canvas: svg.Canvas, board: TrainingDashboard, group: list[str], box: tuple[float, float, float, float], end: float
) -> None:
    left, top, width, height = box
    log_scale = board.log_scale and any(map(is_loss, group))
    curves = {name: thinned(board.history[name]) for name in group}
    drawn = [value for curve in curves.values() for _, value in curve if value is not None]
    low, high = _scale([value for value in drawn if value > 0] if log_scale else drawn, log_scale)

    def x(step: float) -> float:
        return left + step / end * width

    def y(value: float) -> float:
        return top + (high - value) / (high - low) * height

    canvas.rect(left, top, width, height, palette.PANEL)
    at = left
    for name in group:
        dashed = "5 3" if name.startswith(VALIDATION) else None
        colour = SECOND if dashed else MAIN
        canvas.line(at, top - 10, at + 20, top - 10, colour, stroke_width=2, stroke_dasharray=dashed)
        canvas.text(at + 26, top - 6, words(name), 12, font_weight="bold")
        at += 26 + svg.text_width(words(name), 13) + 22
    if log_scale:
        canvas.text(left + width, top - 6, "logarithmic", 11, palette.MUTED, "end")
    if not drawn:
        canvas.text(left + width / 2, top + height / 2 + 4, "nothing logged yet", 12, palette.MUTED, "middle")
    for tick in ticks(low, high) if drawn else ():
        canvas.line(left, y(tick), left + width, y(tick), palette.RULE)
        canvas.text(left - 6, y(tick) + 4, short(10**tick if log_scale else tick), 11, palette.MUTED, "end")
    for name in group:
        second = name.startswith(VALIDATION)
        layers = [(curves[name], SECOND if second else MAIN, 2.0)]
        if board.smoothing and is_smoothed(name):
            layers = [(curves[name], RAW, 1.0), (smoothed(curves[name], board.smoothing), MAIN, 2.0)]
        for curve, colour, thick in layers:
            for stretch in _stretches(curve, log_scale):
                if len(stretch) <= MOST_DOTS and thick > 1:
                    for step, value in stretch:
                        canvas.circle(x(step), y(value), 3, colour)
                if len(stretch) > 1:
                    points = [(x(step), y(value)) for step, value in stretch]
                    canvas.polyline(points, colour, stroke_width=thick, stroke_dasharray="5 3" if second else None)
        for step, value in board.history[name]:
            if not math.isfinite(value):
                canvas.line(x(step), top, x(step), top + height, palette.DIFFERENCE, stroke_width=2)
                anchor = "end" if x(step) > left + width / 2 else "start"
                aside = x(step) + (-5 if anchor == "end" else 5)
                canvas.text(aside, top + 14, f"not finite from step {step}", 11, palette.DIFFERENCE, anchor)
                break


def _steps(canvas: svg.Canvas, left: float, width: float, y: float, end: float) -> None:
    for tick in ticks(0, end):
        if tick == int(tick):
            at = left + tick / end * width
            canvas.text(at, y, svg.number(tick), 11, palette.MUTED, "end" if at > left + width - 12 else "middle")


def draw(board: TrainingDashboard) -> svg.Picture:
    """The first panel across the whole width, the others two in a row, and what was logged last in words."""
    groups = panels(board.history)
    steps = [step for points in board.history.values() for step, _ in points]
    end = float(max(board.total_steps or 0, *steps, 1)) if steps else float(board.total_steps or 1)
    canvas = svg.Canvas()
    canvas.text(LEFT, 32, QUESTION, 18, font_weight="bold")
    total = f" of {board.total_steps:,}" if board.total_steps else ""
    strong = f" · smoothing {board.smoothing:.2f} (thin: as logged)" if board.smoothing else ""
    canvas.text(LEFT, 53, f"{board.done:,}{total} steps{strong}", 12, palette.MUTED)
    y = 92.0
    if groups:
        width = WIDTH - 2 * LEFT - AXIS
        _panel(canvas, board, groups[0], (LEFT + AXIS, y, width, BIG), end)
        _steps(canvas, LEFT + AXIS, width, y + BIG + 15, end)
        y += BIG + 46
    half = (WIDTH - 2 * LEFT - GUTTER) / 2
    for place, group in enumerate(groups[1:]):
        left = LEFT + (place % 2) * (half + GUTTER) + AXIS
        _panel(canvas, board, group, (left, y + 8, half - AXIS, SMALL), end)
        _steps(canvas, left, half - AXIS, y + SMALL + 23, end)
        if place % 2 or place == len(groups) - 2:
            y += SMALL + 54
    said = sentences(board)
    for line in said:
        canvas.text(LEFT, y, svg.shorten(line, 13, WIDTH - 2 * LEFT), 13)
        y += 20
    for line in warnings(board):
        canvas.text(LEFT, y, svg.shorten(line, 13, WIDTH - 2 * LEFT), 13, palette.DIFFERENCE, font_weight="bold")
        y += 20
    description = "; ".join([*said, *warnings(board)]) or "Nothing logged yet"
    return canvas.picture(WIDTH, y, QUESTION, description)
