"""The refused function hides inside a layer."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
def row_softmax(x):
    return nn.Softmax(dim=-1)(x)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("row_softmax", SOURCE)


ATTACK = Attack("torch.nn.Softmax is called", build, answer="refused", may=("tampered",))
