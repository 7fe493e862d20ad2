"""The colours of the course: one each for query, key and value, in every picture of every lesson.

Chosen so that the three stay apart for readers with protanopia, deuteranopia or tritanopia (simulated after Machado,
Oliveira & Fernandes, 2009; the tests measure it), and dark enough to be read as text. No picture may rely on colour
alone: each role also has a letter and a dash pattern, and the ramps grow steadily darker, so that they survive being
printed in grey.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Role:
    """How one of the three parts of attention is drawn: colours on light and on dark ground, letter, dash pattern."""

    name: str
    letter: str
    light: str
    dark: str
    dash: str


QUERY = Role("query", "Q", "#1D63D8", "#6AA5FF", "")
KEY = Role("key", "K", "#B65A00", "#F58A3C", "6 3")
VALUE = Role("value", "V", "#0A4F3C", "#A8F0D4", "2 3")
ROLES = (QUERY, KEY, VALUE)

# Static pictures bring their own ground, so they need one set of neutral colours only.
PAPER = "#FFFFFF"
PANEL = "#F4F4F8"
INK = "#1B1C22"
MUTED = "#5A5C68"
RULE = "#C9CAD3"
DIFFERENCE = "#C01040"
DIFFERENCE_DARK = "#FF7D9C"

# Ramps run from "little" to "much": away from the ground colour, with luminance that never turns back.
HEAT_LIGHT = ("#F8F7FC", "#DCD6F0", "#AE9FDC", "#7355B8", "#2B1463")
HEAT_DARK = ("#24252D", "#433B6B", "#6F5CB5", "#A897E6", "#F1ECFF")
# For signed numbers: orange below zero, purple above.
NEGATIVE_LIGHT = ("#F8F7FC", "#FBD9B4", "#EBA05A", "#B8620F", "#6B3203")

Rgb = tuple[int, int, int]


def rgb(colour: str) -> Rgb:
    """``"#1D63D8"`` as three integers from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white), as WCAG 2 defines it."""
    parts = []
    for channel in rgb(colour):
        share = channel / 255
        parts.append(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21; text needs 4.5 (WCAG 2, level AA)."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def ramp(stops: tuple[str, ...], share: float) -> str:
    """The colour at ``share`` (0 to 1, clipped) of the way along evenly spaced ``stops``."""
    place = min(max(share, 0.0), 1.0) * (len(stops) - 1)
    index = min(int(place), len(stops) - 2)
    rest = place - index
    mixed = (round(a + (b - a) * rest) for a, b in zip(rgb(stops[index]), rgb(stops[index + 1]), strict=True))
    return "#{:02X}{:02X}{:02X}".format(*mixed)


def heat(share: float) -> str:
    """Colour of a quantity from 0 to 1 on light ground."""
    return ramp(HEAT_LIGHT, share)


def signed(share: float) -> str:
    """Colour of a signed quantity from -1 to 1 on light ground."""
    return ramp(HEAT_LIGHT, share) if share >= 0 else ramp(NEGATIVE_LIGHT, -share)


def ink_on(colour: str) -> str:
    """A text colour that can be read on ``colour``: the usual ink, white, or on middling shades full black."""
    return next((ink for ink in (INK, PAPER) if contrast(ink, colour) >= 4.5), "#000000")


def for_javascript() -> dict[str, object]:
    """Everything that a widget's drawing needs, so that JavaScript holds no colour of its own."""
    return {
        "roles": {role.name: {"light": role.light, "dark": role.dark, "dash": role.dash} for role in ROLES},
        "difference": {"light": DIFFERENCE, "dark": DIFFERENCE_DARK},
        "heat": {"light": list(HEAT_LIGHT), "dark": list(HEAT_DARK)},
    }
