"""Every cell ends the process, more often than the notebook may be started again."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    for number in range(8):
        notebook.first(f"import os\nos.abort()  # {number}")


ATTACK = Attack("the process is ended again and again", build, may=("crash",), seconds=25)
