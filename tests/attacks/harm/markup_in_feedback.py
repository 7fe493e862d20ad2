"""HTML, SVG, JavaScript, CSS, Markdown and formulas that would run, load or pretend on the feedback page."""

from tests.attacks.attack import Drill
from tests.attacks.harm._markup import HTML, MARKDOWN, dangers, feedback_page, hostile
from tests.attacks.harness import Arena

SHOW = """
from IPython.display import HTML, Javascript, Latex, Markdown, SVG, display

for markup in {html!r}:
    display(HTML(markup))
for text in {markdown!r}:
    display(Markdown(text))
display(Javascript("window.breached = 1"))
"""


def run(arena: Arena) -> list[str]:
    """Show it while being graded, and stand in the notebook already."""
    notebook = arena.honest("mixed").own(SHOW.format(html=HTML, markdown=MARKDOWN), before="check-row-softmax")
    for number, text in enumerate((*HTML, *MARKDOWN)):
        cell = {"cell_type": "markdown", "id": f"evil-{number}", "metadata": {}, "source": text}
        notebook.cells.insert(3, cell)
    notebook.answer("mean_of", f"def mean_of(values):\n    raise ValueError({''.join(HTML)!r})")
    batch = {"honest": arena.honest("mixed").to_bytes(), "evil": notebook.to_bytes()}
    graded = arena.grader.grade(batch)
    problems = arena.compare("mixed", graded["evil"], ("error",))
    honest = feedback_page(graded["honest"].notebook)
    for way, page in {
        "graded": feedback_page(graded["evil"].notebook),
        "written by hand": feedback_page(hostile(graded["honest"].notebook)),
        "comments": feedback_page(graded["honest"].notebook, comment="\n\n".join((*HTML, *MARKDOWN))),
    }.items():
        problems += [f"{way}: {danger}" for danger in dangers(page, honest)]
        if "Content-Security-Policy" not in page.partition("</head>")[0]:
            problems.append(f"{way}: the page has no policy")
        if "cdnjs" in page or "<script" in page.lower():
            problems.append(f"{way}: the page holds a script")
    return problems


DRILL = Drill("markup that runs on the feedback page", run, "reduced to text, tables and pictures", seconds=60)
