"""Text cells are copied, with the ids and the metadata that copying keeps."""

import copy

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    for cell in [cell for cell in notebook.cells if cell["cell_type"] == "markdown"]:
        for _ in range(3):
            notebook.cells.insert(notebook.cells.index(cell), copy.deepcopy(cell))


ATTACK = Attack("text cells are there several times", build)
