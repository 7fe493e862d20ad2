"""The tag by which nbclient passes over a cell: no output means full marks to nbgrader."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    for cell in notebook.cells:
        cell["metadata"]["tags"] = ["skip-execution", "remove-cell", "raises-exception"]


ATTACK = Attack("the check carries the tag skip-execution", build, repaired="skip-execution")
