"""The mode that watches is taken off torch's stack for the moment of the call."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
from torch.overrides import _pop_mode_temporarily


def row_softmax(x):
    with _pop_mode_temporarily():
        return torch.softmax(x, -1)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("row_softmax", SOURCE)


ATTACK = Attack(
    "the watching mode is popped while torch.softmax runs", build, answer="refused", may=("tampered", "error")
)
