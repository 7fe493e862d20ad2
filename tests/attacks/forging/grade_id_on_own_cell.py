"""A cell of the learner's own claims to be the check, with full marks as its result."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own("4.0", before="check-row-softmax", cell_id="mine")
    notebook.cell("mine")["metadata"]["nbgrader"] = dict(notebook.check("row_softmax")["metadata"]["nbgrader"])
    notebook.check("row_softmax")["metadata"] = {}
    notebook.check("row_softmax")["id"] = "something-else"


ATTACK = Attack("an own cell has the grade_id of the check", build)
