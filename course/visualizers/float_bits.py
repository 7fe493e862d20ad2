"""How a number is stored in the floating-point formats of deep learning, bit by bit.

``float_bits`` computes, ``float_bits_svg`` draws. The layouts are those of IEEE 754 (binary16, binary32, binary64);
bfloat16 is the upper half of binary32 (Kalamkar et al., 2019, arXiv:1905.12322).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from course.visualizers import palette
from course.visualizers.svg import MONO, Canvas, Picture

# name: (bits of the exponent, bits of the fraction)
LAYOUTS = {"float64": (11, 52), "float32": (8, 23), "bfloat16": (8, 7), "float16": (5, 10)}
FORMATS = tuple(LAYOUTS)

_LONG = 40
_SIGN, _EXPONENT, _FRACTION = "#3D3F4A", "#D9C8F2", "#F3E3B5"


@dataclass(frozen=True)
class FloatBits:
    """One number in one format.

    Attributes:
        format: a name of :data:`FORMATS`.
        sign: one bit, as ``"0"`` or ``"1"``.
        exponent: the bits of the exponent, highest first.
        fraction: the bits after the leading one, highest first.
        stored: the number that these bits mean; it is the original one only if the format holds it exactly.
    """

    format: str
    sign: str
    exponent: str
    fraction: str
    stored: float


def float_bits(value: float, formats: tuple[str, ...] = FORMATS) -> list[FloatBits]:
    """Round ``value`` to the nearest number of each format (ties to even) and take its bits apart.

    Raises:
        ValueError: if a format is unknown; the message names the known ones.
    """
    return [_bits_of(float(value), name) for name in formats]


def _bits_of(value: float, name: str) -> FloatBits:
    import numpy as np

    if name not in LAYOUTS:
        raise ValueError(f"{name!r} is no format known here; choose from {', '.join(FORMATS)}")
    exponent_bits, fraction_bits = LAYOUTS[name]
    if name == "bfloat16":
        pattern, stored = _bfloat16(value)
    else:
        width = {"float16": np.uint16, "float32": np.uint32, "float64": np.uint64}[name]
        with np.errstate(over="ignore"):
            rounded: Any = np.asarray(value, dtype=name)
        pattern, stored = int(rounded.view(width)), float(rounded)
    text = format(pattern, f"0{1 + exponent_bits + fraction_bits}b")
    return FloatBits(name, text[0], text[1 : 1 + exponent_bits], text[1 + exponent_bits :], stored)


def _bfloat16(value: float) -> tuple[int, float]:
    """The 16 bits and the value of the bfloat16 number nearest to ``value`` as float32, which is how torch converts."""
    import numpy as np

    with np.errstate(over="ignore"):
        pattern = int(np.asarray(value, dtype=np.float32).view(np.uint32))
    if math.isnan(value):
        upper = (pattern >> 16) | 0x40  # stays NaN even if only dropped bits said so
    else:
        upper = (pattern + 0x7FFF + ((pattern >> 16) & 1)) >> 16
    return upper, float(np.asarray(upper << 16, dtype=np.uint32).view(np.float32))


def float_bits_svg(value: float, formats: tuple[str, ...] = FORMATS) -> Picture:
    """Draw the bits of ``value`` in each format, one row each: sign, exponent, fraction."""
    cell, left, top, row_height = 11.0, 92.0, 58.0, 62.0
    rows = float_bits(value, formats)
    # The value stands behind the bits; a row as long as float64 has no room there and shows it below its fraction.
    width = max(
        left + cell * (1 + len(row.exponent) + len(row.fraction)) + (16 if len(row.fraction) >= _LONG else 190)
        for row in rows
    )
    canvas = Canvas()
    canvas.text(16, 26, f"{value!r} in {len(rows)} formats", 15, font_weight="bold")
    for index, row in enumerate(rows):
        y = top + index * row_height
        canvas.text(16, y + 14, row.format, 13, font_weight="bold")
        x = left
        for part, bits, fill, ink in (
            ("sign", row.sign, _SIGN, palette.PAPER),
            ("exponent", row.exponent, _EXPONENT, palette.INK),
            ("fraction", row.fraction, _FRACTION, palette.INK),
        ):
            for bit in bits:
                canvas.rect(x, y, cell - 1, 19, fill, tip=f"{part} bit of {row.format}")
                canvas.text(x + (cell - 1) / 2, y + 14, bit, 12, ink, "middle", font_family=MONO)
                x += cell
            label = part if len(bits) == 1 else f"{part} {len(bits)}"
            start = x - cell * len(bits)
            if len(bits) > 1:
                canvas.line(start, y + 23, x - 1, y + 23, palette.MUTED, stroke_width=1)
                canvas.text((start + x) / 2, y + 36, label, 11, palette.MUTED, "middle")
        stored = f"= {row.stored!r}"
        if len(row.fraction) < _LONG:
            canvas.text(x + 10, y + 14, stored, 12, font_family=MONO)
        else:
            canvas.text(x - 1, y + 38, stored, 12, anchor="end", font_family=MONO)
    foot = top + len(rows) * row_height + 4
    canvas.text(
        16, foot, "first bit: sign · exponent: which power of two · fraction: the digits after the leading 1", 11,
        palette.MUTED,
    )  # fmt: skip
    spoken = "; ".join(
        f"{row.format}: sign {row.sign}, exponent {row.exponent}, fraction {row.fraction}, stored as {row.stored!r}"
        for row in rows
    )
    return canvas.picture(max(width, 480.0), foot + 14, f"The bits of {value!r}", spoken)
