"""Formulas as MathML, which every current browser shows by itself, without a script and without a network.

The translation is latex2mathml's. What it gives is not taken at its word: it passes on ``\\href``, ``\\style`` and, in
``\\text``, markup as it stands. So its tree is copied, element by element, as far as MathML Core knows them
(https://www.w3.org/TR/mathml-core/).
"""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET

from latex2mathml.converter import convert_to_element

#: Longer ones, and such as hold more brackets in each other, are left as text.
MAX_LENGTH = 5_000
_NAMESPACE = "http://www.w3.org/1998/Math/MathML"
_ELEMENTS = {
    "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder",
    "mover", "munderover", "mmultiscripts", "mprescripts", "mtable", "mtr", "mtd", "mstyle", "mpadded", "mphantom",
    "menclose", "merror",
}  # fmt: skip
_ATTRIBUTES = {
    "accent", "accentunder", "columnalign", "columnlines", "columnspacing", "depth", "displaystyle", "fence", "form",
    "height", "linebreak", "linethickness", "lspace", "mathcolor", "mathsize", "mathvariant", "maxsize", "minsize",
    "notation", "rowlines", "rowspacing", "rspace", "scriptlevel", "separator", "stretchy", "symmetric", "voffset",
    "width",
}  # fmt: skip
#: Numbers with units, names of colours and of ways: no negative ones, with which a formula could be moved elsewhere.
_VALUE = re.compile(r"[#\w.%+ ]{0,60}")
_UNKNOWN = re.compile(r"\\[A-Za-z]")
#: Environments by the names of those, with the same layout and no numbers, that latex2mathml knows.
_SAME = {
    "aligned": "split", "gathered": "split", "align": "align*", "gather": "align*", "gather*": "align*",
    "multline": "align*",
}  # fmt: skip
#: Signs that have their limits below and above in a line of their own, beside them within text.
_LIMITS = set("∑∏∐⋃⋂⋁⋀⨁⨂") | {"lim", "max", "min", "sup", "inf", "argmax", "argmin"}
_BESIDE = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
_BARE = re.compile(r"\\(?:begin|end)\{(?:equation|displaymath|math)\*?\}")
_ENVIRONMENT = re.compile(r"\\(begin|end)\{(\w+\*?)\}")


def mathml(latex: str, *, display: bool = False) -> str | None:
    """A formula as a ``<math>`` element.

    Args:
        latex: without the dollars.
        display: whether it stands in a line of its own.

    Returns:
        The element, or ``None`` where the formula cannot be read: then its text is shown.
    """
    if not latex.strip() or len(latex) > MAX_LENGTH:
        return None
    known = _ENVIRONMENT.sub(lambda m: f"\\{m[1]}{{{_SAME.get(m[2], m[2])}}}", _BARE.sub("", latex))
    try:
        # Translated before the copy is made: its reader fails in many ways, all of them for want of sense in the text.
        tree = convert_to_element(known)
        root = ET.Element("math", {"xmlns": _NAMESPACE, "display": "block" if display else "inline"})
        root.extend(child for element in tree for child in [_copy(element, display)])
        return ET.tostring(root, encoding="unicode")
    except Exception:
        return None


def _copy(element: ET.Element, display: bool) -> ET.Element:
    if element.tag not in _ELEMENTS:
        raise ValueError(f"<{element.tag}> is no element of a formula")
    text = html.unescape(element.text or "")
    if _UNKNOWN.match(text) and element.tag != "mtext":
        raise ValueError(f"{text} is not known")
    attributes = {
        name: value for name, value in element.attrib.items() if name in _ATTRIBUTES and _VALUE.fullmatch(value)
    }
    if attributes.get("columnalign") in ("left", "right", "center"):
        # MathML Core leaves the layout of tables to style sheets.
        attributes["style"] = f"text-align:{attributes.pop('columnalign')}"
    children = [_copy(child, display) for child in element]
    limited = display and bool(children) and (children[0].text or "") in _LIMITS
    copied = ET.Element(_BESIDE.get(element.tag, element.tag) if limited else element.tag, attributes)
    copied.text = text
    copied.extend(children)
    return copied
