"""What sticks out of a static picture, measured with the font's own widths."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from course.visualizers.svg import Picture, text_width

SVG = "{http://www.w3.org/2000/svg}"


def sticking_out(picture: Picture) -> list[str]:
    """The texts, rectangles and lines that are not wholly within the picture; a negative width or height counts."""
    root = ET.fromstring(str(picture))
    boxes: list[tuple[str, float, float, float, float]] = []
    for element in root.iter(f"{SVG}text"):
        left, y, font = (float(element.attrib[name]) for name in ("x", "y", "font-size"))
        long = text_width(element.text or "", font)
        left -= {"middle": long / 2, "end": long}.get(element.attrib.get("text-anchor", ""), 0.0)
        boxes.append((f"text {element.text}", left, y - font, left + long, y))
    for element in root.iter(f"{SVG}rect"):
        x, y, wide, high = (float(element.attrib[name]) for name in ("x", "y", "width", "height"))
        boxes.append((f"rect {element.attrib}", x, y, x + wide, y + high))
    for element in root.iter(f"{SVG}polyline"):
        for point in element.attrib["points"].split():
            x, y = map(float, point.split(","))
            boxes.append((f"point {point}", x, y, x, y))
    return [
        name
        for name, left, top, right, bottom in boxes
        if not (0 <= left <= right <= picture.width and 0 <= top <= bottom <= picture.height)
    ]
