"""A small builder for SVG pictures: the same input gives the same bytes, on every machine.

A picture carries no ``<style>`` and no ``id``: notebooks put many pictures into one page, where both would leak into
one another. It draws its own ground, so that it can be read on a light and on a dark page.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from html import escape
from pathlib import Path

from course.visualizers import palette

FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif"
MONO = "Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace"

# Advance widths of Helvetica in thousandths of the font size (Adobe font metrics); Arial and Liberation Sans agree.
_WIDTHS = {
    **dict.fromkeys("ijl'|", 225),
    **dict.fromkeys(" ,./:;!ftI[]\\", 278),
    **dict.fromkeys("r()-`{}", 333),
    **dict.fromkeys("csvxyzkJ*", 500),
    **dict.fromkeys("+<=>~^−×·", 584),
    **dict.fromkeys("ABEKPSVXY&", 667),
    **dict.fromkeys("CDHNRUw", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("mM%", 833),
    "W": 944,
    "@": 1015,
    "…": 1000,
    '"': 355,
}


def text_width(text: str, size: float) -> float:
    """Approximate width in pixels of ``text`` set at ``size`` pixels; wide East Asian characters count one em."""
    total = 0
    for character in text:
        if unicodedata.east_asian_width(character) in "WF":
            total += 1000
        elif not unicodedata.combining(character):
            total += _WIDTHS.get(character, 611 if character.isupper() else 556)
    return total * size / 1000


def shorten(text: str, size: float, room: float) -> str:
    """``text``, or its beginning and an ellipsis, so that it takes at most ``room`` pixels at ``size`` pixels."""
    if text_width(text, size) <= room:
        return text
    kept = text
    while kept and text_width(kept + "…", size) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def number(value: float, digits: int = 2) -> str:
    """A coordinate in as few characters as it needs: ``12``, ``3.5``, never ``-0``."""
    if value == int(value):
        return str(int(value))
    text = f"{value:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def element(tag: str, /, *content: str, **attributes: object) -> str:
    """One element as text. ``content`` is put in as it stands; ``_`` in an attribute's name becomes ``-``.

    Attributes that are None or empty are left out; floats are rounded.
    """
    parts = [f"<{tag}"]
    for name, value in attributes.items():
        if value is None or value == "":
            continue
        shown = number(value) if isinstance(value, float) else escape(str(value), quote=True)
        parts.append(f' {name.rstrip("_").replace("_", "-")}="{shown}"')
    body = "".join(content)
    parts.append(f">{body}</{tag}>" if body else "/>")
    return "".join(parts)


def title(text: str) -> str:
    """A tooltip for the element that it is put into."""
    return f"<title>{escape(text, quote=False)}</title>"


class Picture:
    """A finished SVG picture: displays itself in a notebook, ``str()`` is the SVG, ``save`` writes it to a file."""

    def __init__(self, svg: str, width: float, height: float, name: str) -> None:
        self.svg = svg
        self.width = width
        self.height = height
        self.name = name

    def __str__(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"<picture: {self.name}, {number(self.width, 0)} × {number(self.height, 0)}>"

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, path: str | Path) -> Path:
        """Writes the picture as a UTF-8 file and returns its path."""
        target = Path(path)
        target.write_text(self.svg, encoding="utf-8", newline="\n")
        return target


class Canvas:
    """Collects the parts of a picture in drawing order; all lengths in pixels, y grows downwards."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def add(self, *parts: str) -> None:
        """Appends finished elements."""
        self.parts.extend(parts)

    def rect(self, x: float, y: float, width: float, height: float, fill: str, **attributes: object) -> None:
        """A rectangle; a keyword ``tip`` gives it a tooltip."""
        tip = attributes.pop("tip", None)
        content = (title(str(tip)),) if tip else ()
        self.add(element("rect", *content, x=x, y=y, width=width, height=height, fill=fill, **attributes))

    def line(self, x1: float, y1: float, x2: float, y2: float, stroke: str, **attributes: object) -> None:
        """A straight line."""
        self.add(element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, **attributes))

    def polyline(self, points: Iterable[tuple[float, float]], stroke: str, **attributes: object) -> None:
        """An open line through ``points``."""
        path = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        self.add(element("polyline", points=path, fill="none", stroke=stroke, **attributes))

    def circle(self, cx: float, cy: float, r: float, fill: str, **attributes: object) -> None:
        """A disc, or with ``fill="none"`` a ring."""
        tip = attributes.pop("tip", None)
        content = (title(str(tip)),) if tip else ()
        self.add(element("circle", *content, cx=cx, cy=cy, r=r, fill=fill, **attributes))

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 12,
        fill: str = palette.INK,
        anchor: str = "start",
        tip: str | None = None,
        **attributes: object,
    ) -> None:
        """One line of text with its baseline at ``y``; ``anchor`` is start, middle or end."""
        content = (escape(text, quote=False), title(tip) if tip else "")
        where = None if anchor == "start" else anchor
        self.add(element("text", *content, x=x, y=y, font_size=size, fill=fill, text_anchor=where, **attributes))

    def picture(self, width: float, height: float, name: str, description: str = "", frame: bool = True) -> Picture:
        """Closes the picture: ground, name and description for screen readers, size."""
        ground = element(
            "rect",
            x=0.5,
            y=0.5,
            width=width - 1.0,
            height=height - 1.0,
            rx=8,
            fill=palette.PAPER,
            stroke=palette.RULE if frame else palette.PAPER,
        )
        w, h = number(width), number(height)
        label = f"{name}. {description}" if description else name
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="img" '
            f'aria-label="{escape(label, quote=True)}" font-family="{FONT}" style="max-width:100%;height:auto">'
            f"{ground}{''.join(self.parts)}</svg>"
        )
        return Picture(svg, width, height, name)
