"""The check cell is taken out: what is not tested cannot fail."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.cells.remove(notebook.check("row_softmax"))
    notebook.cells.remove(notebook.check("fingerprint"))


ATTACK = Attack("the check is deleted", build, repaired="was missing; it was put back")
