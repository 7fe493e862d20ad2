"""Sources as lists of lines, as most editors save them, some with empty strings."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    for cell in notebook.cells:
        cell["source"] = ["", *cell["source"].splitlines(keepends=True), ""]


ATTACK = Attack("sources are lists of lines", build)
