"""Format 4.2, as older editors write it: no ids, no metadata of its own."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.data["nbformat_minor"] = 2
    for cell in notebook.cells:
        del cell["id"]


ATTACK = Attack("notebook format 4.2 without ids", build)
