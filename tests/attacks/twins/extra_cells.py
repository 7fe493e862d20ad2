"""A learner tries things out: in cells that work, that fail, that are empty, and in text."""

from tests.attacks.attack import Attack, Notebook

SOURCES = (
    "row_softmax(torch.zeros(2, 2))",
    "1 / 0",
    "undefined_name",
    "this is no Python",
    "",
    "   \n\n",
    "# only a comment",
    "assert mean_of([1]) == 2, 'hm'",
    "import this_module_does_not_exist",
    "x = [i for i in range(10)]\nx",
    "def helper(a):\n    return a\n\nhelper(3);",
    "raise SystemExit",
    "exit()",
    "quit",
    "_ + __",
)


def build(notebook: Notebook) -> None:
    """Make the submission."""
    for exercise in ("row_softmax", "fingerprint", "mean_of", "Scaler"):
        for number, source in enumerate(SOURCES):
            notebook.own(source, after=exercise, cell_id=f"try-{exercise}-{number}")
            notebook.own(source, after="check-" + exercise.replace("_", "-"))
    notebook.cells.append({"cell_type": "markdown", "id": "note", "metadata": {}, "source": "What I **learned**: $x$"})
    notebook.cells.append({"cell_type": "raw", "id": "raw", "metadata": {}, "source": "raw"})


ATTACK = Attack("many cells of the learner's own, some with errors", build)
