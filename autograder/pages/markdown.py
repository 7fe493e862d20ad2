"""Markdown of lessons, learners and graders as HTML that can only be read, with formulas in MathML."""

from __future__ import annotations

import html
import re
import secrets
from collections.abc import Mapping
from typing import Any

from bs4 import BeautifulSoup
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from autograder.pages.formulas import mathml
from autograder.pages.sanitize import clean_html

#: Longer texts are shown as they stand: reading Markdown takes the square of its length where it is made to.
MAX_LENGTH = 20_000


class _Renderer(IPythonRenderer):
    """nbconvert's, with a place-holder for each formula, which goes in after the rest was cleaned."""

    def __init__(self, attachments: Mapping[str, Any]) -> None:
        super().__init__(escape=False, exclude_anchor_links=True, attachments=dict(attachments))
        self.mark = f"formula{secrets.token_hex(8)}x"
        #: MathML and source of each formula.
        self.formulas: list[tuple[str, str]] = []

    def _formula(self, latex: str, source: str, display: bool) -> str:
        made = mathml(latex, display=display)
        if made is None:
            return f"<code>{html.escape(source)}</code>"
        self.formulas.append((made, source))
        return f"{self.mark}{len(self.formulas) - 1}x"

    def inline_math(self, body: str) -> str:
        """A formula in a line."""
        return self._formula(body, f"${body}$", display=False)

    def block_math(self, body: str) -> str:
        """A formula by itself."""
        return self._formula(body, f"$${body}$$", display=True)

    def latex_environment(self, name: str, body: str) -> str:
        r"""A ``\begin{…}`` outside of dollars."""
        source = f"\\begin{{{name}}}{body}\\end{{{name}}}"
        return self._formula(source, source, display=True)

    def block_mermaidjs(self, code: str) -> str:
        """A diagram's text: drawing it takes a script."""
        return f"<pre>{html.escape(code.strip())}</pre>"


def render(source: str, attachments: Mapping[str, Any] | None = None) -> str:
    """Markdown as HTML in which nothing runs, loads or takes part in the page.

    Args:
        source: of anybody.
        attachments: the cell's, ``{name: {MIME type: base64}}``.
    """
    if len(source) > MAX_LENGTH:
        return as_text(source)
    try:
        renderer = _Renderer(attachments or {})
        cleaned = clean_html(MarkdownWithMath(renderer=renderer).render(source))
        return _with_formulas(cleaned, renderer) if renderer.formulas else cleaned
    except Exception:  # whatever a text is, its reader gets a page
        return as_text(source)


def as_text(source: str) -> str:
    """Text as it stands."""
    return f"<pre>{html.escape(source)}</pre>"


def _with_formulas(cleaned: str, renderer: _Renderer) -> str:
    """Formulas in their places; in an attribute, such as a picture's text, their source."""
    place = re.compile(rf"{renderer.mark}(\d+)x")
    soup = BeautifulSoup(cleaned, "html.parser")
    for tag in soup.find_all(True):
        for name, value in tag.attrs.items():
            if isinstance(value, str) and renderer.mark in value:
                tag[name] = place.sub(lambda found: renderer.formulas[int(found[1])][1], value)
    for text in soup.find_all(string=place):
        parts: list[Any] = []
        rest = str(text)
        while found := place.search(rest):
            formula = BeautifulSoup(renderer.formulas[int(found[1])][0], "html.parser")
            parts += [rest[: found.start()], *formula.contents]
            rest = rest[found.end() :]
        text.replace_with(*parts, rest)
    return str(soup)
