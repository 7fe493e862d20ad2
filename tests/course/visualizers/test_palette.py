"""The course's colours: legible as text, and apart for every kind of colour vision."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import pytest

from course.visualizers import palette

# Colour vision deficiency as a matrix on linear RGB: Machado, Oliveira & Fernandes (2009), severity 1.0.
VISION = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
DARK_GROUND = "#1A1A1A"


def oklab(colour: str, vision: str) -> tuple[float, float, float]:
    """Perceptual coordinates (Ottosson, 2020) of a colour as seen with ``vision``."""
    linear = []
    for channel in palette.rgb(colour):
        share = channel / 255
        linear.append(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)
    r, g, b = (min(1.0, max(0.0, sum(m * c for m, c in zip(row, linear, strict=True)))) for row in VISION[vision])
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("ground", ["light", "dark"])
def test_query_key_and_value_stay_apart(vision: str, ground: str) -> None:
    for one, other in combinations(palette.ROLES, 2):
        distance = math.dist(oklab(getattr(one, ground), vision), oklab(getattr(other, ground), vision))
        assert distance > 0.1, f"{one.name} and {other.name} look alike with {vision}"


@pytest.mark.parametrize("role", palette.ROLES, ids=lambda role: role.name)
def test_roles_can_be_read_as_text_and_without_colour(role: palette.Role) -> None:
    assert palette.contrast(role.light, palette.PAPER) >= 4.5
    assert palette.contrast(role.dark, DARK_GROUND) >= 4.5
    assert len({other.dash for other in palette.ROLES}) == len(palette.ROLES)


def test_a_difference_can_be_read_on_both_grounds() -> None:
    assert palette.contrast(palette.DIFFERENCE, palette.PAPER) >= 4.5
    assert palette.contrast(palette.DIFFERENCE_DARK, DARK_GROUND) >= 4.5


@pytest.mark.parametrize(
    ("stops", "direction"), [(palette.HEAT_LIGHT, -1), (palette.NEGATIVE_LIGHT, -1), (palette.HEAT_DARK, 1)]
)
def test_ramps_never_turn_back_in_luminance(stops: tuple[str, ...], direction: int) -> None:
    shades = [palette.luminance(palette.ramp(stops, step / 50)) for step in range(51)]
    assert all((later - sooner) * direction > -1e-9 for sooner, later in pairwise(shades))
    assert abs(shades[-1] - shades[0]) > 0.7


def test_text_on_any_cell_is_legible() -> None:
    fills = [palette.signed(step / 20) for step in range(-20, 21)]
    assert all(palette.contrast(palette.ink_on(fill), fill) >= 4.5 for fill in fills)


def test_ramp_is_clipped() -> None:
    assert palette.heat(-3) == palette.HEAT_LIGHT[0]
    assert palette.heat(7) == palette.HEAT_LIGHT[-1]
