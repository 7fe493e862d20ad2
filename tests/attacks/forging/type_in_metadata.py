"""nbgrader's metadata carries the type of the cell, too; here it lies."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    for exercise in ("row_softmax", "fingerprint"):
        notebook.check(exercise)["metadata"]["nbgrader"] |= {"cell_type": "markdown", "checksum": "0" * 32}


ATTACK = Attack("metadata say that the check was markdown", build)
