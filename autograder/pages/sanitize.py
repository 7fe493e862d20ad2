"""HTML of strangers, reduced to what can only be read: text, tables, pictures that come with it, harmless styles.

The list of what is allowed is kept by bleach. Neither SVG nor MathML is on it, since markup within markup is where
sanitizers have failed: a drawing becomes a picture (``<img>``), in which browsers run and load nothing.
"""

from __future__ import annotations

import base64
import re
from typing import Any

import bleach
import tinycss2
from bleach.css_sanitizer import CSSSanitizer
from bs4 import BeautifulSoup, Tag

#: What takes longer than this to read than to write is shown as plain text instead.
MAX_TAGS, MAX_DEPTH, MAX_LENGTH = 20_000, 80, 1_000_000

_TAGS = frozenset(
    [
        "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del", "details",
        "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img",
        "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "section", "small", "span", "strong", "sub",
        "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var",
    ]
)  # fmt: skip
#: Gone with all that is in them; of other tags that are not allowed, the text stays.
_GONE = (
    "script", "style", "iframe", "object", "embed", "applet", "template", "noscript", "noembed", "noframes", "frameset",
    "title", "head", "link", "meta", "base", "audio", "video", "canvas", "xmp", "plaintext", "math",
)  # fmt: skip
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]+")
_LINK = re.compile(r"(?:https?://|mailto:)[^\s\"'<>]+", re.IGNORECASE)
#: Of pandas' tables and of program text in colours; others could take a part in the page's own layout and scripts.
_CLASS = re.compile(r"(?:dataframe|highlight|[a-z][a-z0-9]?[a-z0-9]?)")
_SIZE = re.compile(r"[0-9]{1,5}(?:\.[0-9]{1,3})?(?:%|px|pt|em)?")
_WORDS = {
    "alt", "title", "aria-label", "aria-hidden", "role", "scope", "lang", "dir", "open", "align", "valign",
}  # fmt: skip
_NUMBERS = {"width", "height", "colspan", "rowspan", "span", "border", "start"}

_PROPERTIES = frozenset(
    [
        "color", "background-color", "opacity", "font", "font-family", "font-size", "font-style", "font-weight",
        "font-variant", "font-variant-numeric", "line-height", "letter-spacing", "text-align", "text-decoration",
        "text-indent", "text-transform", "vertical-align", "white-space", "word-break", "overflow-wrap", "overflow",
        "overflow-x", "overflow-y", "border", "border-top", "border-right", "border-bottom", "border-left",
        "border-color", "border-style", "border-width", "border-radius", "border-collapse", "border-spacing",
        "padding", "padding-top", "padding-right", "padding-bottom", "padding-left", "margin", "margin-top",
        "margin-right", "margin-bottom", "margin-left", "width", "min-width", "max-width", "height", "min-height",
        "max-height", "display", "gap", "row-gap", "column-gap", "flex", "flex-wrap", "flex-direction", "flex-grow",
        "flex-shrink", "flex-basis", "align-items", "align-self", "justify-content", "order", "grid-template-columns",
        "list-style", "list-style-type", "caption-side", "table-layout", "box-sizing",
    ]
)  # fmt: skip
#: None that computes a length, which could come out negative.
_FUNCTIONS = {"var", "rgb", "rgba", "hsl", "hsla", "minmax", "repeat"}

#: HTML is read without regard to capitals, and SVG is written with some.
_CAPITALS = {
    name.lower(): name
    for name in [
        "viewBox", "preserveAspectRatio", "linearGradient", "radialGradient", "gradientUnits", "gradientTransform",
        "patternUnits", "patternTransform", "patternContentUnits", "clipPath", "clipPathUnits", "textPath",
        "textLength", "lengthAdjust", "markerWidth", "markerHeight", "markerUnits", "refX", "refY", "pathLength",
        "spreadMethod", "startOffset", "stdDeviation", "feGaussianBlur", "feOffset", "feMerge", "feMergeNode",
        "maskUnits", "maskContentUnits", "filterUnits", "baseFrequency", "numOctaves", "foreignObject",
    ]
}  # fmt: skip


class _Styles(CSSSanitizer):
    """Declarations that can be told to load nothing, cover nothing and move nothing out of its place."""

    def sanitize_css(self, style: str) -> str:
        """The harmless declarations of a ``style`` attribute."""
        found = tinycss2.parse_declaration_list(style, skip_comments=True, skip_whitespace=True)
        kept = [
            item for item in found
            if item.type == "declaration" and item.lower_name in _PROPERTIES and _is_tame(item.value)
            and not (item.lower_name == "display" and "contents" in tinycss2.serialize(item.value))
        ]  # fmt: skip
        return tinycss2.serialize(kept).strip()


def _is_tame(tokens: list[Any]) -> bool:
    for token in tokens:
        if token.type == "function":
            if token.lower_name not in _FUNCTIONS or not _is_tame(token.arguments):
                return False
        elif token.type in ("number", "dimension", "percentage"):
            # As a margin it would lay one thing over another; nothing else that is allowed may be negative.
            if token.value < 0 or token.value > 10_000:
                return False
        elif token.type not in ("ident", "hash", "literal", "string", "whitespace", "comment"):
            return False
    return True


_styles = _Styles(allowed_css_properties=_PROPERTIES, allowed_svg_properties=[])


def _is_allowed(tag: str, name: str, value: str) -> bool:
    if name == "href":
        return tag == "a" and _LINK.fullmatch(value) is not None
    if name == "src":
        return tag == "img" and _PICTURE.fullmatch(value) is not None
    if name == "class":
        return all(_CLASS.fullmatch(part) for part in value.split())
    if name in _NUMBERS:
        return _SIZE.fullmatch(value) is not None
    return name == "style" or name in _WORDS


def clean_html(markup: str) -> str:
    """Markup of strangers as markup that can be put into any page.

    It keeps neither ``id`` nor ``name``, so that nothing in it is mistaken for a part of the page.

    Raises:
        ValueError: if it is too long, or its tags are too many or too deep in each other, to be read in good time.
    """
    if len(markup) > MAX_LENGTH or markup.count("<") > MAX_TAGS:
        raise ValueError("too much markup")
    soup = BeautifulSoup(markup, "html.parser")
    for tag in soup.find_all(_GONE):
        tag.decompose()
    _bound_depth(soup)
    for drawing in soup.find_all("svg"):
        if not drawing.decomposed and drawing.find_parent("svg") is None:
            drawing.replace_with(_as_picture(soup, drawing))
    cleaned: str = bleach.clean(
        str(soup), tags=_TAGS, attributes=_is_allowed, protocols={"http", "https", "mailto", "data"}, strip=True,
        css_sanitizer=_styles,
    )  # fmt: skip
    return cleaned


def _bound_depth(soup: BeautifulSoup) -> None:
    level: list[Tag] = [soup]
    for _ in range(MAX_DEPTH):
        level = [child for tag in level for child in tag.children if isinstance(child, Tag)]
        if not level:
            return
    raise ValueError("markup too deep")


def _as_picture(soup: BeautifulSoup, drawing: Tag) -> Tag:
    """An ``<img>`` of an ``<svg>``; what the drawing calls itself becomes the picture's text."""
    shown = {name: str(value) for name, value in drawing.attrs.items() if name in ("width", "height", "style")}
    label = drawing.get("aria-label")
    title = drawing.find(("title", "desc"))
    told = str(label) if label else title.get_text(" ", strip=True)[:300] if title is not None else "drawing"
    for tag in (drawing, *drawing.find_all(True)):
        tag.name = _CAPITALS.get(tag.name, tag.name)
        tag.attrs = {_CAPITALS.get(name, name): value for name, value in tag.attrs.items()}
    drawing["xmlns"] = "http://www.w3.org/2000/svg"
    data = base64.b64encode(drawing.decode(formatter="minimal").encode()).decode()
    return soup.new_tag("img", attrs={**shown, "alt": told, "src": f"data:image/svg+xml;base64,{data}"})
