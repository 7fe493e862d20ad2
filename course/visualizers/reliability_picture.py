"""Draws the static picture of the reliability explorer."""

from __future__ import annotations

from course.visualizers import palette, svg
from course.visualizers.reliability import QUESTION, Bin, Calibration, ReliabilityExplorer

WIDTH = 760.0
LEFT = 20.0
PLOT_LEFT, PLOT_TOP, PLOT_WIDTH, PLOT_HEIGHT = 66.0, 104.0, 420.0, 280.0
COUNT_HEIGHT = 70.0
SIDE = 520.0
SOLID = palette.HEAT_LIGHT[3]
GAP = palette.DIFFERENCE


def percent(share: float, digits: int = 0) -> str:
    """``0.9`` → ``"90 %"``."""
    return f"{share * 100:.{digits}f} %"


def fullest(found: Calibration) -> Bin:
    """The bin with most examples; of equals the most confident."""
    return max(found.bins, key=lambda part: (part.count, part.high))


def verdict(found: Calibration) -> str:
    """The answer to the question, from the fullest bin."""
    part = fullest(found)
    said, kept = percent(part.confidence or 0.0, 1), percent(part.accuracy or 0.0, 1)
    return f"Where most examples lie, it says {said} and is right in {kept} of {part.count} cases."


def leaning(found: Calibration) -> str:
    """Over all examples, in which direction confidence and accuracy part."""
    apart = found.confidence - found.accuracy
    if abs(apart) < 0.005:
        return "On average it promises what it keeps."
    direction = "more" if apart > 0 else "less"
    return f"On average it promises {direction} than it keeps, by {abs(apart) * 100:.1f} percentage points."


def measures(found: Calibration) -> tuple[tuple[str, str, str], ...]:
    """Name, value, and whether smaller is better."""
    return (
        ("expected calibration error", f"{found.expected_calibration_error:.4f}", "0 is perfect"),
        ("negative log-likelihood", f"{found.negative_log_likelihood:.4f}", "smaller is better"),
        ("mean confidence", percent(found.confidence, 1), ""),
        ("accuracy", percent(found.accuracy, 1), "no temperature changes it"),
    )


def draw(explorer: ReliabilityExplorer) -> svg.Picture:
    """Bars of accuracy with the gap to confidence, the diagonal, counts below, measures beside."""
    found = explorer.compute()
    canvas = svg.Canvas()
    canvas.text(LEFT, 32, QUESTION, 18, font_weight="bold")
    knobs = f"{len(explorer.labels)} examples · {explorer.bins} bins · temperature {explorer.temperature:.2f}"
    canvas.text(LEFT, 53, knobs, 12, palette.MUTED)
    canvas.rect(PLOT_LEFT, 67, 22, 11, SOLID)
    canvas.text(PLOT_LEFT + 28, 77, "accuracy", 12, palette.MUTED)
    canvas.rect(PLOT_LEFT + 100, 67, 22, 11, "none", stroke=GAP, stroke_width=1.5, stroke_dasharray="3 2")
    canvas.text(PLOT_LEFT + 128, 77, "gap to the mean confidence", 12, palette.MUTED)
    canvas.line(PLOT_LEFT + 318, 73, PLOT_LEFT + 346, 73, palette.INK, stroke_dasharray="6 3")
    canvas.text(PLOT_LEFT + 352, 77, "perfect", 12, palette.MUTED)

    def x(share: float) -> float:
        return PLOT_LEFT + share * PLOT_WIDTH

    def y(share: float) -> float:
        return PLOT_TOP + (1 - share) * PLOT_HEIGHT

    canvas.rect(PLOT_LEFT, PLOT_TOP, PLOT_WIDTH, PLOT_HEIGHT, palette.PANEL)
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        canvas.line(PLOT_LEFT, y(tick), PLOT_LEFT + PLOT_WIDTH, y(tick), palette.RULE)
        canvas.text(PLOT_LEFT - 6, y(tick) + 4, percent(tick), 11, palette.MUTED, "end")
    canvas.text(PLOT_LEFT, PLOT_TOP - 8, "accuracy", 11, palette.MUTED, "end")
    width = PLOT_WIDTH / len(found.bins)
    bottom = PLOT_TOP + PLOT_HEIGHT + 34
    most = max(part.count for part in found.bins)
    for part in found.bins:
        if part.confidence is None or part.accuracy is None:
            continue
        left = x(part.low) + 1
        tip = (
            f"{percent(part.low)} to {percent(part.high)}: says {percent(part.confidence, 1)}, "
            f"right {percent(part.accuracy, 1)} of {part.count}"
        )
        canvas.rect(left, y(part.accuracy), width - 2, part.accuracy * PLOT_HEIGHT, SOLID, tip=tip)
        high, low = max(part.accuracy, part.confidence), min(part.accuracy, part.confidence)
        canvas.rect(
            left + 1, y(high), width - 4, (high - low) * PLOT_HEIGHT, "none", stroke=GAP, stroke_width=1.5,
            stroke_dasharray="3 2",
        )  # fmt: skip
        tall = part.count / most * COUNT_HEIGHT
        canvas.rect(left, bottom + 16 + COUNT_HEIGHT - tall, width - 2, tall, palette.HEAT_LIGHT[2])
        if width >= svg.text_width(str(part.count), 11):
            middle = left + width / 2 - 1
            canvas.text(middle, bottom + 12 + COUNT_HEIGHT - tall, str(part.count), 11, palette.INK, "middle")
    canvas.line(x(0), y(0), x(1), y(1), palette.INK, stroke_dasharray="6 3", stroke_width=1.5)
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        canvas.text(x(tick), PLOT_TOP + PLOT_HEIGHT + 15, percent(tick), 11, palette.MUTED, "middle")
    canvas.text(PLOT_LEFT + PLOT_WIDTH / 2, PLOT_TOP + PLOT_HEIGHT + 32, "confidence", 11, palette.MUTED, "middle")
    canvas.line(PLOT_LEFT, bottom + 16 + COUNT_HEIGHT, PLOT_LEFT + PLOT_WIDTH, bottom + 16 + COUNT_HEIGHT, palette.RULE)
    canvas.text(PLOT_LEFT - 6, bottom + 16 + COUNT_HEIGHT, "count", 11, palette.MUTED, "end")
    down = PLOT_TOP + 14
    for name, value, note in measures(found):
        canvas.text(SIDE, down, name, 12, palette.MUTED)
        canvas.text(SIDE, down + 24, value, 20, font_weight="bold")
        canvas.text(SIDE, down + 41, note, 11, palette.MUTED)
        down += 72
    end = bottom + 16 + COUNT_HEIGHT
    canvas.text(LEFT, end + 30, verdict(found), 13, font_weight="bold")
    canvas.text(LEFT, end + 50, leaning(found), 13)
    return canvas.picture(WIDTH, end + 68, QUESTION, f"{verdict(found)} {leaning(found)}")
