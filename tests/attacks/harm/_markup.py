"""Markup that would run, load or pretend, the pages that people read of it, and a look at what got through."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import nbgrader
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from traitlets.config import Config

from autograder.pages.settings import FeedbackPage, configure_pages

_FORMGRADER = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader"
STATIC = _FORMGRADER / "static"
_BOOTSTRAP = str(STATIC / "node_modules" / "bootstrap" / "dist" / "css")

#: Runs in a browser as soon as any of it is believed. ``BEACON`` is an address that nothing may ask for.
BEACON = "http://beacon.invalid/"
_RUN = "window.breached=(window.breached||0)+1"
HTML = (
    f"<script>{_RUN}</script>",
    f"<SCRIPT/x src='{BEACON}s.js'></SCRIPT>",
    f"<img src=x onerror='{_RUN}'>",
    f"<img src='{BEACON}i.png' srcset='{BEACON}i2.png 2x'>",
    f"<svg onload='{_RUN}'><script>{_RUN}</script><a xlink:href='javascript:{_RUN}'><text y=20>x</text></a></svg>",
    f"<svg><animate onbegin='{_RUN}' attributeName=x dur=1s /><image href='{BEACON}svg.png'/></svg>",
    f"<svg><use href='{BEACON}u.svg#x'/><foreignObject><iframe src='{BEACON}f'></iframe></foreignObject></svg>",
    f"<svg><style>@import '{BEACON}c.css';</style><set attributeName=onmouseover to='{_RUN}'/></svg>",
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror={_RUN}&gt;'>",
    f"<svg></p><style><a id='</style><img src=1 onerror={_RUN}>'>",
    f"<noscript><p title='</noscript><img src=x onerror={_RUN}>'>",
    f"<template><img src=x onerror={_RUN}></template><textarea><img title='</textarea><img src=x onerror={_RUN}>'>",
    f"<a href='javascript:{_RUN}' id=clickme>click</a><a href='java&#10;script:{_RUN}'>x</a>",
    f"<a href='data:text/html,<script>{_RUN}</script>'>x</a><a href='vbscript:x'>x</a><a href='//beacon.invalid'>y</a>",
    f"<iframe srcdoc='<script>parent.{_RUN}</script>'></iframe><iframe src='javascript:{_RUN}'></iframe>",
    f"<object data='{BEACON}o'></object><embed src='{BEACON}e'><video src='{BEACON}v' autoplay poster='{BEACON}p'>",
    f"<link rel=stylesheet href='{BEACON}l.css'><link rel=prefetch href='{BEACON}pre'><base href='{BEACON}'>",
    f"<meta http-equiv=refresh content='0;url={BEACON}m'><meta http-equiv=Content-Security-Policy content=''>",
    f"<style>body{{background:url({BEACON}bg)}} @font-face{{font-family:x;src:url({BEACON}font)}}</style>",
    f"<p style='background:url({BEACON}s1);background-image:url({BEACON}s2);list-style:url({BEACON}s3)'>x</p>",
    f"<p style='width:expression({_RUN});-moz-binding:url({BEACON}x);content:url({BEACON}c)'>x</p>",
    f"<p style='cursor:url({BEACON}u),auto;border-image:url({BEACON}b);filter:url({BEACON}f)'>x</p>",
    "<div style='position:fixed;top:0;left:0;width:9999px;height:9999px;z-index:99;background-color:red'>COVER</div>",
    "<div style='margin-top:-2000px;transform:translateY(-500px);color:green'>Score: 12 / 12</div>",
    f"<form action='{BEACON}form'><button formaction='javascript:{_RUN}'>Full credit</button></form>",
    f"<input class='score tabbable' id='check-row-softmax' value=4 autofocus onfocus='{_RUN}'>",
    "<textarea class='comment tabbable' id='row_softmax-comment'>very good</textarea><div id=toc></div>",
    "<button class='btn btn-success full-credit' data-link='../../../x'>x</button><a name=top id=top>x</a>",
    f"<details open ontoggle='{_RUN}'><summary>x</summary></details><marquee onstart='{_RUN}'>x</marquee>",
    f"<body onload='{_RUN}' onpageshow='{_RUN}'><html onclick='{_RUN}'>",
    f"</div></div></div></body></html><script>{_RUN}</script>",
    f"<x onclick='{_RUN}' style=display:block>x</x><p is=x-y onanimationstart='{_RUN}'>x</p>",
    f"<img src='data:image/svg+xml,<svg onload={_RUN}>'><audio src onerror='{_RUN}'>",
    f"<![CDATA[<img src=x onerror={_RUN}>]]><!--><img src=x onerror={_RUN}>--><?xml <img src=x onerror={_RUN}>?>",
    f"<scr<script>ipt>{_RUN}</scr</script>ipt>",
    "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} {% raw %}",
)
MARKDOWN = (
    f"[click](javascript:{_RUN}) ![x]({BEACON}md.png) <javascript:{_RUN}> [x]: javascript:{_RUN}",
    f'![x" onerror="{_RUN}](x) [x](<x" onmouseover="{_RUN}>) ![$"onerror={_RUN} $](x)',
    f"$\\text{{<img src=x onerror={_RUN}>}}$ and $\\href{{javascript:{_RUN}}}{{x}}$",
    "$\\style{position:fixed;top:0}{x}$ and $\\class{score}{x}$",
    f"$$\\begin{{aligned}} <script>{_RUN}</script> \\end{{aligned}}$$",
    f"```mermaid\n</pre><script>{_RUN}</script>\n```\n\n```python\n</pre><script>{_RUN}</script>\n```",
    f"| a |\n|---|\n| <img src=x onerror={_RUN}> |\n\n# heading <script>{_RUN}</script>\n\n> <iframe src={BEACON}>",
    "# check-row-softmax\n\n<a name='check-row-softmax'></a>",
)
#: Whole displays, by kind.
DISPLAYS: tuple[dict[str, Any], ...] = (
    {"application/javascript": _RUN, "text/plain": "js"},
    {"text/javascript": _RUN},
    {"image/svg+xml": f"<svg xmlns='http://www.w3.org/2000/svg' onload='{_RUN}'><script>{_RUN}</script>"
                      f"<image href='{BEACON}d.png'/></svg>"},
    {"image/png": f"x' onerror='{_RUN}' x='\"><script>{_RUN}</script>"},
    {"image/jpeg": f"\"><script>{_RUN}</script>"},
    {"text/latex": f"</div><script>{_RUN}</script>"},
    {"text/latex": f"$\\text{{<script>{_RUN}</script>}}$"},
    {"text/vnd.mermaid": f"</pre><script>{_RUN}</script>"},
    {"application/vnd.jupyter.widget-view+json": {"model_id": "x", "version_major": 2}, "text/plain": "w"},
    {"application/pdf": "JVBERi0="},
    {"application/vnd.plotly.v1+json": {"data": []}},
    {f"text/html\"><script>{_RUN}</script>": "x"},
)  # fmt: skip


def hostile(notebook: NotebookNode) -> NotebookNode:
    """The notebook with all of it: in cells, outputs, metadata and attachments, as far as nbformat lets it be one."""
    made: NotebookNode = nbformat.from_dict(notebook)
    evil = f'"><script>{_RUN}</script>'
    outputs = [{"output_type": "display_data", "metadata": {}, "data": {"text/html": markup}} for markup in HTML]
    outputs += [{"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": dict(data)}
                for data in DISPLAYS]  # fmt: skip
    outputs += [{"output_type": "display_data", "metadata": {}, "data": {"text/markdown": text}} for text in MARKDOWN]
    outputs += [
        {"output_type": "stream", "name": evil, "text": evil},
        {"output_type": "stream", "name": "stdout", "text": f"\x1b]8;;javascript:{_RUN}\x1b\\x \x1b[31m{evil}"},
        {"output_type": "error", "ename": evil, "evalue": evil, "traceback": [evil, f"\x1b[31m{evil}\x1b[0m"]},
        {"output_type": "display_data", "data": {"image/png": "iVBORw0KGgo="},
         "metadata": {"image/png": {"width": f"1 onerror={_RUN}", "alt": evil, "unconfined": True},
                      "filenames": {"image/png": f"{BEACON}x.png"}}},
        {"output_type": "display_data", "data": {"text/html": HTML[0]}, "metadata": {"text/html": {"isolated": True}}},
    ]  # fmt: skip
    metadata = {"tags": [evil], "alt": evil, "magics_language": evil, "raw_mimetype": "text/html", "name": evil}
    code = {"cell_type": "code", "id": "evil", "metadata": metadata, "source": "</pre>" + evil, "outputs": outputs,
            "execution_count": 1}  # fmt: skip
    attached = {"x.svg": {"image/svg+xml": "PHN2Zy8+"}, evil: {evil: evil}, "y.html": {"text/html": "PHNjcmlwdD4="}}
    texts = [*HTML, *MARKDOWN, "![a](attachment:x.svg) ![b](attachment:y.html)", "[" * 400, "$" * 301, "`" * 333]
    common = {"cell_type": "markdown", "metadata": metadata, "attachments": attached}
    cells = [{**common, "id": f"m{number}", "source": text} for number, text in enumerate(texts)]
    cells += [{"cell_type": "raw", "id": f"r{number}", "metadata": {"raw_mimetype": kind}, "source": HTML[0]}
              for number, kind in enumerate(("text/html", "", "text/restructuredtext"))]  # fmt: skip
    place = len(made.cells) // 2
    made.cells[place:place] = [nbformat.from_dict(cell) for cell in (code, *cells)]
    made.metadata |= nbformat.from_dict({
        "title": evil, "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {}, "x": "</script>" + evil}},
        "language_info": {"name": evil, "pygments_lexer": evil}, "authors": [{"name": evil}],
    })  # fmt: skip
    return made


def _resources(comment: str) -> dict[str, Any]:
    return {
        "nbgrader": {"notebook": "92_attacked", "score": 6.0, "max_score": 12.0, "late_penalty": 0.0},
        "inlining": {"css": []}, "notebook_id": "92_attacked", "assignment_id": "92_attacked", "submission_id": "s",
        "index": 0, "total": 1, "base_url": "", "student": "mallory", "last_name": None, "first_name": None,
        "notebook_path": "autograded/mallory/92_attacked/92_attacked.ipynb",
    }  # fmt: skip


def _graded(notebook: NotebookNode, comment: str) -> NotebookNode:
    """As GetGrades leaves it."""
    made: NotebookNode = nbformat.from_dict(notebook)
    for cell in made.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader |= {"score": 1.0, "points": 2.0, "comment": comment}
    return made


def feedback_page(notebook: NotebookNode, comment: str = "well done") -> str:
    """The page that a student reads, as nbgrader's GenerateFeedback is set up to make it."""
    config = Config()
    configure_pages(config)
    config.HTMLExporter.template_name = "feedback"
    config.HTMLExporter.extra_template_paths = [_BOOTSTRAP]
    page, _ = FeedbackPage(config=config).from_notebook_node(_graded(notebook, comment), _resources(comment))
    return page


def formgrader_page(notebook: NotebookNode) -> str:
    """The page on which a person grades, as Formgrader makes it of the classroom's configuration."""
    config = Config()
    configure_pages(config)
    config.HTMLExporter.template_name = "formgrade"
    page, _ = HTMLExporter(config=config).from_notebook_node(_graded(notebook, ""), _resources(""))
    return str(page)


class _Reader(HTMLParser):
    """Counts what may run, load or pretend."""

    RUNS = frozenset(
        [
            "script", "iframe", "object", "embed", "applet", "form", "input", "textarea", "button", "select", "base",
            "link", "meta", "style", "template", "noscript", "video", "audio", "canvas", "frame", "frameset", "svg",
            "title",
        ]
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.RUNS:
            self.found[f"<{tag}>"] += 1
        for name, value in attrs:
            text = re.sub(r"[\s\x00-\x20]", "", value or "").lower()
            if name.startswith("on") or name in ("srcset", "srcdoc", "formaction", "action", "xlink:href", "data-link"):
                self.found[f"{name}="] += 1
            if name in ("href", "src", "data", "poster") and re.match(r"(javascript|vbscript|data:text|//|file)", text):
                self.found[f"{name}={text[:20]}"] += 1
            if name == "src" and not text.startswith("data:image/") and not text.startswith("/formgrader/static/"):
                self.found[f"src={text[:30]}"] += 1
            if name in ("id", "name") and not text.startswith("cell-id="):
                self.found[f"{name}={text}"] += 1
            if name == "style" and re.search(r"url\(|expression|position|transform|:-|z-index|@import", text):
                self.found[f"style={text[:60]}"] += 1


def dangers(page: str, honest: str) -> list[str]:
    """What is in a page that is not in the page of the honest notebook, and could do something."""
    ours, theirs = _Reader(), _Reader()
    ours.feed(honest)
    theirs.feed(page)
    return [f"the page holds {what} ({count} more)" for what, count in (theirs.found - ours.found).items()]
