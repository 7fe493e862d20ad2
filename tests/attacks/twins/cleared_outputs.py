"""All outputs and execution counts are cleared, and output fields are gone altogether."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    for place, cell in enumerate(cell for cell in notebook.cells if cell["cell_type"] == "code"):
        cell["outputs"], cell["execution_count"] = [], None
        if place % 2:
            del cell["outputs"], cell["execution_count"]


ATTACK = Attack("outputs are cleared or missing", build)
