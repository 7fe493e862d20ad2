"""The refused function is called while a gradient is computed, in a hook."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
def row_softmax(x):
    found = []
    leaf = torch.zeros(1, requires_grad=True)
    leaf.register_hook(lambda gradient: found.append(torch.softmax(x, -1)))
    leaf.sum().backward()
    return found[0]
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("row_softmax", SOURCE)


ATTACK = Attack("torch.softmax is called in a backward hook", build, answer="refused", may=("tampered",))
