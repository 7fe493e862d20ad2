"""The card that a verdict shows: as HTML in a notebook, as text in a console."""

from __future__ import annotations

import html
import re
from typing import Any

from course.checking.compare import Tolerance, difference, ordinal
from course.checking.data import Array, reading
from course.checking.relate import kind_of
from course.checking.verdict import CaseResult, Verdict

_CODE = re.compile(r"`([^`]+)`")
_MAX_TEXT = 400

# Sign, words and colour together: the card must read without colour.
_LOOKS = {
    "pass": ("✓", "Right", "#1a7f37"),
    "partial": ("◐", "Partly right", "#8a6d00"),
    "fail": ("✗", "Not yet", "#b42318"),
    "error": ("⚠", "Your code raised an exception", "#b42318"),
    "timeout": ("■", "Interrupted", "#b42318"),
    "memory": ("⚠", "Out of memory", "#b42318"),
    "crash": ("⚠", "The kernel died", "#b42318"),
    "tampered": ("⚠", "Changed check", "#b42318"),
    "malformed": ("⚠", "Cannot check this", "#b42318"),
    "missing": ("○", "Not started", "#57606a"),
    "grader_error": ("⚠", "The grader failed, not you", "#57606a"),
}


def rich_text(text: str) -> str:
    """Escape text for HTML, with `` `code` `` set as code."""
    return _CODE.sub(r"<code>\1</code>", html.escape(text, quote=False))


def _points(value: float) -> str:
    return f"{value:g}"


def _heading(verdict: Verdict) -> str:
    if not verdict.max_points:
        return ""
    noun = "point" if verdict.max_points == 1 else "points"
    return f"{_points(verdict.points)} of {_points(verdict.max_points)} {noun}"


def html_card(verdict: Verdict) -> str:
    """The card as HTML: no scripts, no links, colours from the notebook's theme."""
    sign, words, colour = _LOOKS[verdict.status]
    font = "var(--jp-content-font-family, system-ui, sans-serif)"
    muted = "color:var(--jp-content-font-color2,#57606a)"
    parts = [
        (
            f"<div role='group' aria-label='check of {html.escape(verdict.exercise, quote=True)}' "
            f"style='border:1px solid var(--jp-border-color2,#d0d7de);border-left:5px solid {colour};"
            "border-radius:6px;padding:8px 14px;margin:4px 0;"
            f"max-width:62em;font-family:{font};font-size:14px;line-height:1.45'>"
        ),
        (
            "<div style='display:flex;gap:.6em;align-items:baseline;flex-wrap:wrap'>"
            f"<b style='color:{colour};font-size:15px'>{sign} {words}</b>"
            f"<code>{html.escape(verdict.exercise)}</code>"
            f"<span style='margin-left:auto;{muted}'>{_heading(verdict)}</span></div>"
        ),
    ]
    if verdict.message:
        parts.append(f"<div style='margin:6px 0'>{rich_text(verdict.message)}</div>")
    shown = next((case for case in verdict.cases if not case.passed and case.shown), None)
    if shown is not None and verdict.status != "missing":
        parts.append(_comparison_html(shown, labelled=shown.name not in verdict.message))
    if verdict.cases and verdict.status != "missing":
        parts.append(_cases_html(verdict, muted))
    if verdict.next_step:
        parts.append(f"<div style='margin-top:6px;{muted}'>Next: {rich_text(verdict.next_step)}</div>")
    return "".join(parts) + "</div>"


def _cases_html(verdict: Verdict, muted: str) -> str:
    items = []
    for case in verdict.cases:
        sign = "✓" if case.passed else "✗"
        detail = f" – {rich_text(case.message)}" if case.message and case.message not in verdict.message else ""
        hidden = " (hidden)" if case.hidden else ""
        items.append(
            f"<li style='list-style:none'>{sign} {html.escape(case.name)}{hidden}"
            f"<span style='{muted}'>{detail}</span></li>"
        )
    passed = sum(case.passed for case in verdict.cases)
    summary = f"{passed} of {len(verdict.cases)} cases right"
    is_open = " open" if 0 < passed < len(verdict.cases) else ""
    return (
        f"<details{is_open} style='margin-top:4px'><summary style='cursor:pointer;{muted}'>{summary}</summary>"
        f"<ul style='margin:4px 0;padding-left:1em'>{''.join(items)}</ul></details>"
    )


def _comparison_html(case: CaseResult, *, labelled: bool) -> str:
    picture, place = _picture(case)
    words = [f"On “{html.escape(case.name)}”"] if labelled else []
    words += [html.escape(place)] if place else []
    text = ", ".join(words)
    label = f"<div style='margin-top:6px'>{text[:1].upper()}{text[1:]}:</div>" if text else ""
    if picture:
        return label + f"<div style='overflow-x:auto;margin:4px 0'>{picture}</div>"
    cell = "style='text-align:left;vertical-align:top;padding:1px 12px 1px 0'"
    rows = "".join(
        f"<tr><th scope='row' {cell}>{head}</th><td {cell}><code>{html.escape(plain_text(value))}</code></td></tr>"
        for head, value in (("expected", case.expected), ("yours", case.received))
    )
    return label + f"<table style='margin:2px 0;border-collapse:collapse'>{rows}</table>"


def _picture(case: CaseResult) -> tuple[str, str]:
    """Expected beside yours as heat maps, and which item of a sequence they are; empty where there are no two arrays.

    Of more than two dimensions the first slice is drawn in which they differ.
    """
    found = _differing_arrays(reading(case.expected), reading(case.received))
    if found is None:
        return "", ""
    import numpy as np

    from course.visualizers.tensor_pair import tensor_pair_svg

    expected, received, place = found
    if "complex" in (expected.number_kind, received.number_kind) or expected.values.size > 100_000:
        return "", place
    one, other = expected.values, received.values
    if one.shape == other.shape and one.ndim > 2:
        differs = ~np.isclose(one.astype(np.float64), other.astype(np.float64), rtol=1e-4, atol=1e-5, equal_nan=True)
        at = tuple(np.argwhere(differs)[0][:-2]) if differs.any() else (0,) * (one.ndim - 2)
        one, other = one[at], other[at]
    while one.ndim > 2 and one.shape[0]:
        one = one[0]
    while other.ndim > 2 and other.shape[0]:
        other = other[0]
    if one.ndim > 2 or other.ndim > 2 or not one.size or not other.size:
        return "", place
    return tensor_pair_svg(one, other), place


def _differing_arrays(expected: Any, received: Any, place: str = "") -> tuple[Array, Array, str] | None:
    """The first pair of arrays that differ, looking into sequences, and the way to it in words."""
    if isinstance(expected, Array) and isinstance(received, Array):
        return expected, received, place
    if isinstance(expected, list) and isinstance(received, list):
        for index, (one, other) in enumerate(zip(expected, received, strict=False)):
            if difference(one, other, Tolerance(1e-4, 1e-5)) is not None:
                inner = f"the {ordinal(index)} item" + (f" of {place}" if place else "")
                return _differing_arrays(one, other, inner)
    return None


def plain_text(value: Any) -> str:
    """A value given as plain data, in a line that a learner can read."""
    text = _readable(reading(value, tuples=True))
    return text if len(text) <= _MAX_TEXT else text[: _MAX_TEXT - 1] + "…"


def _readable(value: Any) -> str:
    if isinstance(value, Array):
        if value.values.size <= 12:
            import numpy as np

            numbers = np.array2string(value.values, precision=4, separator=", ", max_line_width=10_000)
            return f"{numbers.replace(chr(10), '')} ({value.dtype})"
        return f"{kind_of(value)} ({value.dtype})"
    if isinstance(value, (list, tuple)):
        items = ", ".join(_readable(item) for item in value[:20]) + (", …" if len(value) > 20 else "")
        if isinstance(value, list):
            return f"[{items}]"
        return f"({items},)" if len(value) == 1 else f"({items})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {_readable(item)}" for key, item in list(value.items())[:20]) + "}"
    if value is None or isinstance(value, (bool, int, float, str, bytes, set)):
        return repr(value)
    return getattr(value, "text", None) or kind_of(value)


def text_card(verdict: Verdict) -> str:
    """The card as plain text."""
    sign, words, _ = _LOOKS[verdict.status]
    lines = [f"{sign} {words}: {verdict.exercise}" + (f" ({_heading(verdict)})" if verdict.max_points else "")]
    if verdict.message:
        lines.append(verdict.message.replace("`", ""))
    shown = next((case for case in verdict.cases if not case.passed and case.shown), None)
    if shown is not None and verdict.status != "missing":
        lines += [
            f"On “{shown.name}”:",
            f"  expected {plain_text(shown.expected)}",
            f"  yours    {plain_text(shown.received)}",
        ]
    if verdict.next_step:
        lines.append("Next: " + verdict.next_step.replace("`", ""))
    return "\n".join(lines)
