"""Two small tensors side by side, "expected" and "yours", cells that differ outlined: the check card's picture.

Plain Python on purpose: a check must answer at once, so nothing here loads numpy or torch.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache
from itertools import islice
from typing import Any

from course.visualizers import palette, svg

MAX_CELLS = 12
"""Rows and columns shown at most; the rest is left out and the picture says so."""

_SEARCH_LIMIT = 10_000  # cells compared to find the first difference: keeps the picture under 3 ms for any input
_GAP = 36.0
_LEFT = 16.0
_NUMBER_SIZE = 11
_INDEX_SIZE = 10
_NARROWEST = 26.0
_DIGIT = 6.2  # width of one digit at the number size
_ROOM = 600.0

Row = Sequence[Any]


class _Grid:
    """A tensor as the picture sees it: rows of plain Python numbers, and the shape it had."""

    def __init__(self, value: Any, label: str) -> None:
        data = value.tolist() if hasattr(value, "tolist") else value
        self.shape = _shape(data, label)
        self.rows: list[Row] = data if len(self.shape) == 2 else [data if len(self.shape) == 1 else [data]]
        self.height = self.shape[0] if len(self.shape) == 2 else 1
        self.width = self.shape[-1] if self.shape else 1

    def window(self, top: int, left: int) -> list[Row]:
        return [row[left : left + MAX_CELLS] for row in islice(self.rows, top, top + MAX_CELLS)]


def _shape(data: Any, label: str) -> tuple[int, ...]:
    """The shape of nested lists with at most two levels; ValueError in one sentence for anything else."""
    if isinstance(data, bool | int | float):
        return ()
    if not isinstance(data, list | tuple):
        raise ValueError(f"The {label} value must be numbers in nested lists or an array, not {type(data).__name__}.")
    if not data or not isinstance(data[0], list | tuple):
        if not all(isinstance(item, bool | int | float) for item in data):
            raise ValueError(f"The {label} value must hold numbers only, in rows of equal length.")
        return (len(data),)
    width = len(data[0])
    for row in data:
        if not isinstance(row, list | tuple) or len(row) != width:
            raise ValueError(f"The rows of the {label} value must all be lists of the same length.")
    if width and isinstance(data[0][0], list | tuple):
        raise ValueError(f"The {label} value has more than two dimensions: pass one slice of it, such as x[0].")
    return (len(data), width)


def _differ(a: Any, b: Any, rtol: float, atol: float) -> bool:
    if a == b:
        return False
    if a != a or b != b:
        return not (a != a and b != b)
    if math.isinf(a) or math.isinf(b):
        return True
    return abs(a - b) > atol + rtol * abs(a)


def _first_difference(one: _Grid, other: _Grid, rtol: float, atol: float) -> tuple[int, int]:
    """Row and column of the first cell that differs, else (0, 0)."""
    seen = 0
    for r, (a, b) in enumerate(zip(one.rows, other.rows, strict=False)):
        if a != b:
            for c, (x, y) in enumerate(zip(a, b, strict=False)):
                if x != y and _differ(x, y, rtol, atol):
                    return r, c
        seen += len(a)
        if seen > _SEARCH_LIMIT:
            break
    return 0, 0


def _start(first: int, size: int) -> int:
    """Where the window begins so that ``first`` is in sight: at 0 if that will do."""
    return 0 if first < MAX_CELLS else max(0, min(first - MAX_CELLS // 2, size - MAX_CELLS))


def _plain(value: Any, decimals: int) -> str:
    """One cell's number, short: ``0.25``, ``-1.50``, ``3e+08``, ``nan``, ``True``."""
    if isinstance(value, bool):
        return "True" if value else "False"
    if isinstance(value, int):
        return str(value) if abs(value) < 100_000 else f"{value:.1e}"
    if value != value:
        return "nan"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    if value != 0 and (abs(value) >= 10_000 or abs(value) < 0.5 * 10.0**-decimals):
        return f"{value:.1e}".replace("e-0", "e-").replace("e+0", "e+")
    return f"{value:.{decimals}f}"


def _formatter(one: list[Row], other: list[Row], rtol: float, atol: float) -> Callable[[Any], str]:
    """Two decimals, or up to four where two would print different numbers alike."""
    decimals = 2
    for a, b in zip(one, other, strict=False):
        for x, y in zip(a, b, strict=False):
            while decimals < 4 and _differ(x, y, rtol, atol) and _plain(x, decimals) == _plain(y, decimals):
                decimals += 1
    return lambda value: _plain(value, decimals)


def _scale(rows: list[Row]) -> tuple[float, bool]:
    """The largest magnitude among finite numbers, and whether one is negative."""
    largest, negative = 0.0, False
    for row in rows:
        for value in row:
            if value == value and not math.isinf(value):
                largest = max(largest, abs(value))
                negative = negative or value < 0
    return float(largest) or 1.0, negative


@cache
def _level(share: int) -> tuple[str, str]:
    """Fill and text colour for -100 to 100 percent: the few colours of a picture are mixed once."""
    fill = palette.signed(share / 100)
    return fill, palette.ink_on(fill)


def _colours(value: Any, largest: float) -> tuple[str, str]:
    if value != value:
        return palette.RULE, palette.INK
    if math.isinf(value):
        return _level(100 if value > 0 else -100)
    return _level(round(100 * float(value / largest)))


def _cell(x: float, y: float, width: float, height: float, fill: str) -> str:
    """One coloured cell; written out plainly because a picture has up to 288 of them and a check must not wait."""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{fill}"/>'


def _shape_text(shape: tuple[int, ...]) -> str:
    return "a single number" if not shape else "shape (" + ", ".join(map(str, shape)) + ("," * (len(shape) == 1)) + ")"


def _span(start: int, shown: int, size: int, what: str) -> str:
    if shown >= size:
        return ""
    return f"{what} {start} to {start + shown - 1} of {size}"


def tensor_pair_svg(
    expected: Any,
    received: Any,
    *,
    rtol: float = 1e-4,
    atol: float = 1e-6,
    names: tuple[str, str] = ("expected", "yours"),
) -> str:
    """An SVG picture of two tensors of up to two dimensions as heat maps on one scale, cells that differ outlined.

    ``expected`` and ``received`` are numbers, nested lists of numbers, or anything with ``tolist()`` (numpy, torch);
    their shapes may differ, and then cells that only one of them has count as different. Shown are at most
    ``MAX_CELLS`` rows and columns, around the first difference where that lies further out. Two cells differ if
    ``|expected - received| > atol + rtol * |expected|``; NaN equals NaN. ValueError if a value is no table of numbers.
    """
    one, other = _Grid(expected, names[0]), _Grid(received, names[1])
    row, column = _first_difference(one, other, rtol, atol)
    top, left = _start(row, max(one.height, other.height)), _start(column, max(one.width, other.width))
    shown = (one.window(top, left), other.window(top, left))
    largest, negative = _scale(shown[0] + shown[1])

    columns = [max((len(r) for r in rows), default=0) for rows in shown]
    margin = 8.0 + 6 * len(str(top + MAX_CELLS))
    room = _ROOM - 2 * (_LEFT + margin) - _GAP
    printed = sum(columns) * _NARROWEST <= room
    if printed:
        show = _formatter(*shown, rtol, atol)
        longest = max((len(show(v)) for rows in shown for r in rows for v in r), default=0)
        wide = max(_NARROWEST, math.ceil(longest * _DIGIT) + 10.0)
        printed = sum(columns) * wide <= room
    cell_width, cell_height = (wide, 24.0) if printed else (18.0, 18.0)

    picture = svg.Canvas()
    x, bottom, marked = _LEFT, 0.0, 0
    for side, (grid, rows, name) in enumerate(zip((one, other), shown, names, strict=True)):
        caption = _shape_text(grid.shape)
        picture.text(x, 24.0, name, 13, font_weight="bold")
        picture.text(x, 40.0, caption, 11, palette.MUTED)
        y0, x0 = 62.0, x + margin
        if rows and columns[side]:
            picture.rect(x0 - 1, y0 - 1, columns[side] * cell_width + 1, len(rows) * cell_height + 1, palette.RULE)
        else:
            picture.text(x, y0 + 8, "no elements", 11, palette.MUTED)
        for c in range(columns[side] if grid.shape else 0):
            middle = x0 + (c + 0.5) * cell_width
            picture.text(middle, y0 - 6, str(left + c), _INDEX_SIZE, palette.MUTED, "middle")
        outlines = []
        for r, values in enumerate(rows):
            y = y0 + r * cell_height
            if len(grid.shape) == 2:
                picture.text(x0 - 6, y + cell_height / 2 + 3, str(top + r), _INDEX_SIZE, palette.MUTED, "end")
            theirs = shown[1 - side][r] if r < len(shown[1 - side]) else ()
            for c, value in enumerate(values):
                cx = x0 + c * cell_width
                fill, ink = _colours(value, largest)
                picture.add(_cell(cx, y, cell_width - 1, cell_height - 1, fill))
                if printed:
                    middle, base = cx + (cell_width - 1) / 2, y + cell_height / 2 + 3.5
                    picture.text(middle, base, show(value), _NUMBER_SIZE, ink, "middle")
                elif value != value:
                    picture.text(cx + 8.5, y + 12.5, "?", 11, ink, "middle")
                elif value < 0:
                    picture.add(_cell(cx + 5.5, y + 8, 6, 1.5, ink))
                if c >= len(theirs):
                    outlines.append((cx, y))
                elif value != theirs[c]:
                    pair = (value, theirs[c]) if side == 0 else (theirs[c], value)
                    if _differ(*pair, rtol, atol):
                        outlines.append((cx, y))
        # Theirs is the map to look at: a bold outline there, a thin one where the expected number stands.
        bold = 2.0 if side else 1.0
        if outlines:
            inset, w, h = bold / 2 - 1, cell_width - bold + 1, cell_height - bold + 1
            path = "".join(f"M{cx + inset:g} {y + inset:g}h{w:g}v{h:g}h{-w:g}z" for cx, y in outlines)
            picture.add(svg.element("path", d=path, fill="none", stroke=palette.DIFFERENCE, stroke_width=bold))
        marked = max(marked, len(outlines))
        bottom = max(bottom, y0 + max(len(rows), 1) * cell_height)
        widest = max(svg.text_width(name, 13) * 1.1, svg.text_width(caption, 11), margin + columns[side] * cell_width)
        x += max(widest, 110.0) + _GAP

    width = x - _GAP + _LEFT
    notes = _notes(one, other, shown, top, left, marked, printed, negative)
    y = bottom + 6
    for note in _wrap(notes, width - 2 * _LEFT):
        y += 15
        picture.text(_LEFT, y, note, 11, palette.MUTED)
    return picture.picture(width, y + 14, f"{names[0]} beside {names[1]}", " ".join(notes)).svg


def _notes(
    one: _Grid,
    other: _Grid,
    shown: tuple[list[Row], list[Row]],
    top: int,
    left: int,
    marked: int,
    printed: bool,
    negative: bool,
) -> list[str]:
    """What the picture leaves out and what its marks mean, one sentence each."""
    notes = []
    if marked:
        notes.append("Outlined: the cell that differs." if marked == 1 else f"Outlined: {marked} cells that differ.")
    else:
        notes.append("No cell shown differs.")
    bigger = 0 if one.height * one.width >= other.height * other.width else 1
    grid, rows = (one, other)[bigger], shown[bigger]
    wide = len(rows[0]) if rows else 0
    spans = [_span(top, len(rows), grid.height, "rows"), _span(left, wide, grid.width, "columns")]
    if any(spans):
        notes.append("Shown: " + ", ".join(filter(None, spans)) + ".")
    if negative and not printed:
        notes.append("A dash marks numbers below zero.")
    return notes


def _wrap(sentences: list[str], room: float) -> list[str]:
    """Words filled into lines that take at most ``room`` pixels."""
    lines = [""]
    for word in " ".join(sentences).split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and svg.text_width(longer, 11) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
