"""An answer lost in a computation in C."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("fingerprint", "def fingerprint(text):\n    return sum(iter(int, 1))")


ATTACK = Attack("the answer is lost inside C", build, may=("timeout",), seconds=25)
