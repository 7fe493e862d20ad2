"""An editor that keeps no metadata, and gives every cell a new id."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    for number, cell in enumerate(notebook.cells):
        cell["metadata"], cell["id"] = {}, f"{number:08x}"
    notebook.data["metadata"] = {}


ATTACK = Attack("all metadata is stripped", build, repaired="lost its nbgrader metadata")
