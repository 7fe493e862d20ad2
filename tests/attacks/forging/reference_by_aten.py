"""The refused function is called below torch's own names, as an operator."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
def row_softmax(x):
    return torch.ops.aten.softmax(x, -1)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("row_softmax", SOURCE)


ATTACK = Attack("softmax is called as torch.ops.aten.softmax", build, answer="refused", may=("tampered",))
