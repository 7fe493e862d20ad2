"""The answer calls the function that it was to build, under another name."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
soft = getattr(torch, 'soft' + 'max')


def row_softmax(x):
    return soft(x, -1)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("row_softmax", SOURCE)


ATTACK = Attack("the answer calls torch.softmax by an alias", build, answer="refused", may=("tampered",))
