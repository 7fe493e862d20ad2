"""Halves of surrogate pairs, which JSON and Python's strings may hold and no file: printed, shown, raised, returned."""

from autograder.classroom.autograded import notebook_text
from autograder.classroom.records import Record
from tests.attacks.attack import Drill
from tests.attacks.harness import Arena
from tests.attacks.lesson import NAME

SOURCE = r"""
from IPython.display import HTML, Markdown, display


class Odd:
    def __repr__(self):
        return "\udcff"


print("\ud800", "\udfff", sep="\udc80")
display(HTML("<b>\udcfe</b>"), {"text/plain": "\ud801", "text/\udcff": "\ud802"}, metadata={"\udcff": "\udcff"})
display(Markdown("\udcff"), Odd())
raise type("Half\udcff", (Exception,), {})("\udcff")
"""


def run(arena: Arena) -> list[str]:
    """Grade it, and write what a class's run writes of it."""
    notebook = arena.honest("wrong").own(SOURCE, before="check-row-softmax")
    notebook.answer("fingerprint", "def fingerprint(text):\n    return '\\udcff'")
    notebook.answer("mean_of", "def mean_of(values):\n    raise ValueError('\\udcff')")
    notebook.cells.insert(1, {
        "cell_type": "markdown", "id": "half\udcff", "metadata": {"half\udcff": "\udcff", "tags": ["\udcff"]},
        "source": "\udcff", "attachments": {"\udcff.png": {"image/png": "\udcff"}},
    })  # fmt: skip
    notebook.data["metadata"]["\udcff"] = "\udcff"
    graded = arena.grader.grade({"half": notebook.to_bytes()})["half"]
    problems = arena.compare("wrong", graded, ("error",))
    try:
        notebook_text(graded.notebook).encode()
        Record("half", NAME, tuple(graded.verdicts.values()), graded.notes).to_text().encode()
    except UnicodeEncodeError as error:
        problems.append(f"what was graded cannot be written, and the run would end there: {error}")
    return problems


DRILL = Drill("text that no file can hold is printed and returned", run, "0 points, 0 earned; written with ? for it")
