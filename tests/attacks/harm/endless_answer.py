"""An answer that never comes back."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("fingerprint", "def fingerprint(text):\n    while True:\n        pass")


ATTACK = Attack("the answer loops without end", build, may=("timeout",), seconds=20)
