"""torch.softmax itself is replaced first, so that the watch looks for the wrong object."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
true_softmax = torch.softmax
torch.softmax = torch.nn.functional.softmax = lambda *a, **k: None
torch.special.softmax = torch.softmax


def row_softmax(x):
    return true_softmax(x, -1)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("row_softmax", SOURCE)


ATTACK = Attack(
    "torch.softmax is exchanged for a copy and called by its old object", build, answer="refused", may=("tampered",)
)
