"""The refused function is called with torch's overrides switched off."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
def row_softmax(x):
    with torch._C.DisableTorchFunction():
        return torch.softmax(x, -1)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("row_softmax", SOURCE)


ATTACK = Attack("torch.softmax is called behind DisableTorchFunction", build, answer="refused", may=("tampered",))
