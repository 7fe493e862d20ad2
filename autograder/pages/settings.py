"""The pages that nbgrader and its Formgrader make, set up so that they run and load nothing of a learner's."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbgrader
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import Highlight2HTML
from nbformat import NotebookNode

from autograder.pages.markdown import render
from autograder.pages.notebook import Rendered, SafeNotebook

_FONT = re.compile(r"@font-face\s*\{[^}]*\}")
_TEMPLATES = Path(__file__).parent / "templates"
_NBGRADERS = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader" / "templates"


def markdown_filter(source: Any) -> str:
    """What the templates' ``markdown2html`` does: cells come rendered; comments, which graders write, do not."""
    return source if isinstance(source, Rendered) else render(str(source or ""))


class FeedbackPage(HTMLExporter):
    """nbgrader's feedback page in one file: it asks for nothing that would lie beside it."""

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Any = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page, without the fonts of icons that its style sheets would load."""
        page, resources = super().from_notebook_node(nb, resources, **kw)
        head, end, body = page.partition("</head>")
        return _FONT.sub("", head) + end + body, resources


def configure_pages(config: Any) -> None:
    """Fill a traitlets configuration: for feedback, and for Formgrader, which always takes nbconvert's own exporter."""
    config.HTMLExporter.preprocessors = [SafeNotebook]
    # Colours for Python whatever language a notebook claims to be in.
    colours = Highlight2HTML(pygments_lexer="ipython3")
    config.HTMLExporter.filters = {"markdown2html": markdown_filter, "highlight_code": colours}
    # Both templates call nbconvert's macro ``mathjax`` in the head of the page, which loads MathJax from a CDN. The one
    # in our folders comes first, and brings a Content-Security-Policy and a few styles instead.
    config.HTMLExporter.extra_template_basedirs = [str(_TEMPLATES), str(_NBGRADERS)]
    config.GenerateFeedback.exporter_class = FeedbackPage
