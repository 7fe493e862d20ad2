"""All cells are in reverse order, so that each check runs before its answer."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.cells.reverse()


ATTACK = Attack("the cells are in reverse order", build, repaired="the order of the lesson was restored")
