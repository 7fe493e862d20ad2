"""An autograded notebook, reduced to what its pages show, with everything of the learner's made harmless."""

from __future__ import annotations

import re
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import Bool

from autograder.pages.formulas import mathml
from autograder.pages.markdown import as_text, render
from autograder.pages.sanitize import clean_html

#: Characters of Markdown and of HTML on one page that are read as such; what is beyond is shown as it stands.
MAX_MARKDOWN, MAX_HTML = 300_000, 2_000_000
_NAME = re.compile(r"[\w.-]{1,200}")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]+")
#: What a kind of output becomes, in the order in which one of them is shown.
_PICTURES = ("image/png", "image/jpeg")


class Rendered(str):
    """HTML that was made here: the pages' filter for Markdown passes it on."""


class SafeNotebook(Preprocessor):
    """Keeps of a notebook only what a page needs, rebuilt part by part; what is not known is left out.

    Markdown becomes HTML here, and HTML is cleaned. Scripts, widgets, and whatever else would have to run are replaced
    by the text that every output has.
    """

    enabled = Bool(True).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Rebuild one notebook."""
        budget = _Budget()
        cells = [
            made for place, cell in enumerate(nb.cells) for made in [_cell(cell, place, budget)] if made is not None
        ]
        language = {"name": "python", "pygments_lexer": "ipython3"}
        fresh = NotebookNode(
            nbformat=4, nbformat_minor=5, metadata=NotebookNode(language_info=NotebookNode(language)), cells=cells
        )
        return fresh, resources


class _Budget:
    """How much of a page is still read as what it claims to be."""

    def __init__(self) -> None:
        self.markdown, self.html = MAX_MARKDOWN, MAX_HTML

    def rendered(self, source: str, attachments: Any = None) -> str:
        """Markdown as HTML."""
        self.markdown -= len(source)
        return render(source, attachments) if self.markdown >= 0 else as_text(source)

    def cleaned(self, markup: str) -> str | None:
        """HTML, or ``None`` where it is too much."""
        self.html -= len(markup)
        try:
            return clean_html(markup) if self.html >= 0 else None
        except Exception:  # whatever a submission shows, its reader gets a page
            return None


def _cell(cell: NotebookNode, place: int, budget: _Budget) -> NotebookNode | None:
    kind = cell.get("cell_type")
    source = _text(cell.get("source"))
    grading = cell.get("metadata", {}).get("nbgrader")
    metadata = NotebookNode()
    if isinstance(grading, dict) and _NAME.fullmatch(str(grading.get("grade_id", ""))):
        metadata["nbgrader"] = NotebookNode(grading)
    cell_id = str(cell.get("id", ""))
    fresh = NotebookNode(cell_type=kind, metadata=metadata, id=cell_id if _ID.fullmatch(cell_id) else f"cell-{place}")
    if kind == "markdown":
        fresh["source"] = Rendered(budget.rendered(source, _attachments(cell.get("attachments"))))
    elif kind == "raw":
        # As text: the page would take it for HTML.
        fresh["cell_type"], fresh["source"] = "markdown", Rendered(as_text(source))
    elif kind == "code":
        count = cell.get("execution_count")
        fresh["source"], fresh["execution_count"] = source, count if type(count) is int else None
        outputs = cell.get("outputs", [])
        fresh["outputs"] = [made for output in outputs for made in [_output(output, budget)] if made is not None]
    else:
        return None
    return fresh


def _output(output: Any, budget: _Budget) -> NotebookNode | None:
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return NotebookNode(output_type=kind, name=name, text=_text(output.get("text")))
    if kind == "error":
        lines = [_text(line) for line in output.get("traceback", [])]
        return NotebookNode(output_type=kind, ename="", evalue="", traceback=lines)
    if kind not in ("display_data", "execute_result"):
        return None
    shown = _shown(output.get("data", {}), budget)
    count = output.get("execution_count")
    counted = {"execution_count": count if type(count) is int else None} if kind == "execute_result" else {}
    return NotebookNode(output_type=kind, metadata=NotebookNode(), data=NotebookNode(shown), **counted)


def _shown(data: Any, budget: _Budget) -> dict[str, str]:
    """The one form of an output that is shown."""
    if "text/html" in data:
        cleaned = budget.cleaned(_text(data["text/html"]))
        if cleaned is not None and (cleaned.strip() or "text/plain" not in data):
            return {"text/html": cleaned}
    if "text/markdown" in data:
        return {"text/html": budget.rendered(_text(data["text/markdown"]))}
    if "image/svg+xml" in data:
        return {"image/svg+xml": _text(data["image/svg+xml"])}
    for kind in _PICTURES:
        picture = _text(data.get(kind))
        if _BASE64.fullmatch(picture):
            return {kind: picture}
    if "text/latex" in data:
        source = _text(data["text/latex"])
        bare = source.strip()
        inner = bare.strip("$") if bare.startswith("$") and bare.endswith("$") else bare
        made = mathml(inner, display=not bare.startswith("$") or bare.startswith("$$"))
        return {"text/html": made} if made else {"text/plain": source}
    return {"text/plain": _text(data.get("text/plain")) or f"[{', '.join(map(str, data))[:200]}: cannot be shown here]"}


def _attachments(attachments: Any) -> dict[str, dict[str, str]]:
    """Pictures that a cell brings along."""
    found: dict[str, dict[str, str]] = {}
    for name, bundle in attachments.items() if isinstance(attachments, dict) else ():
        pictures = {
            kind: _text(data) for kind, data in bundle.items()
            if kind in (*_PICTURES, "image/gif", "image/svg+xml") and _BASE64.fullmatch(_text(data))
        } if isinstance(bundle, dict) else {}  # fmt: skip
        if pictures:
            found[str(name)] = pictures
    return found


def _text(value: Any) -> str:
    return "".join(map(str, value)) if isinstance(value, list) else value if isinstance(value, str) else ""
