"""Draws the static picture of the masking stepper: a row for each token, a column for each step."""

from __future__ import annotations

from course.visualizers import palette, svg
from course.visualizers.masking import QUESTION, STEPS, MaskingExplorer, Place

LEFT = 20.0
TOP = 108.0
STEP = 22.0
COLUMNS = (("token", 20.0), ("may be chosen", 140.0), ("number", 266.0), ("second number", 392.0))
SEEN_X, LABEL_X, WIDTH = 530.0, 660.0, 760.0
ACTIONS = {"mask": "→ [MASK]", "random": "→ random", "keep": "→ stays"}


def counted(places: list[Place]) -> str:
    """How many tokens were chosen, and what became of them."""
    ordinary = sum(not place.special for place in places)
    kinds = [place.action for place in places if place.chosen]
    words = {"mask": "masked", "random": "random", "keep": "unchanged"}
    parts = ", ".join(f"{kinds.count(action)} {word}" for action, word in words.items())
    return f"{len(kinds)} of {ordinary} ordinary tokens chosen: {parts}."


def draw(explorer: MaskingExplorer, step: int) -> svg.Picture:
    """The table with the columns that the steps so far have filled."""
    places = explorer.compute()
    canvas = svg.Canvas()
    canvas.text(LEFT, 32, QUESTION, 18, font_weight="bold")
    canvas.text(LEFT, 56, f"Step {step + 1} of {len(STEPS)}: {STEPS[step]}", 13)
    heads = [*COLUMNS[: min(step, 3) + 1], *([("model sees", SEEN_X)] if step >= 3 else [])]
    heads += [("label", LABEL_X)] if step >= 4 else []
    for name, x in heads:
        words = f"{name} < {explorer.rate:g}?" if name == "number" else name
        canvas.text(x, TOP - 14, words, 12, palette.MUTED, font_weight="bold")
    canvas.line(LEFT, TOP - 7, WIDTH - LEFT, TOP - 7, palette.RULE)
    for row, place in enumerate(places):
        y = TOP + row * STEP
        if step >= 2 and place.chosen:
            canvas.rect(LEFT - 6, y - 1, WIDTH - 2 * LEFT + 12, STEP - 2, palette.heat(0.12), rx=3)
        ink = palette.MUTED if step >= 1 and place.special else palette.INK
        canvas.text(LEFT, y + 14, svg.shorten(place.token, 13, 112), 13, ink)
        if step >= 1:
            canvas.text(COLUMNS[1][1], y + 14, "never" if place.special else "yes", 12, ink)
        if step >= 2 and not place.special:
            words = f"{place.choose:.2f}" + (" chosen" if place.chosen else "")
            canvas.text(
                COLUMNS[2][1], y + 14, words, 12, palette.INK if place.chosen else palette.MUTED,
                font_weight="bold" if place.chosen else None,
            )  # fmt: skip
        if step >= 3:
            if place.chosen:
                canvas.text(COLUMNS[3][1], y + 14, f"{place.replace:.2f} {ACTIONS[place.action]}", 12)
            changed = place.action in ("mask", "random")
            canvas.text(
                SEEN_X, y + 14, svg.shorten(place.seen, 13, 122), 13, palette.INK if place.chosen else palette.MUTED,
                font_weight="bold" if changed else None,
            )  # fmt: skip
        if step >= 4:
            words = "−100" if place.label is None else svg.shorten(place.label, 13, 78)
            canvas.text(
                LABEL_X, y + 14, words, 13, palette.MUTED if place.label is None else palette.INK,
                font_weight=None if place.label is None else "bold",
            )  # fmt: skip
    y = TOP + len(places) * STEP
    said = counted(places) if step >= 3 else ""
    if said:
        canvas.text(LEFT, y + 18, said, 13, font_weight="bold")
        y += 24
    return canvas.picture(WIDTH, y + 14, QUESTION, f"{STEPS[step]} {said}".strip())
