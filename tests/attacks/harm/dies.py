"""The process ends in the middle of a cell, as if that were success."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own("import os\nos._exit(0)", before="check-row-softmax")


ATTACK = Attack("os._exit(0) in a cell", build)
