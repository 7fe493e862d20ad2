"""A refused function is wrapped by torch.jit before anybody watches."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import warnings

with warnings.catch_warnings():
    warnings.simplefilter('ignore')
    compiled = torch.jit.trace(lambda x: torch.softmax(x, -1), torch.ones(2, 2), check_trace=False)


def row_softmax(x):
    return compiled(x)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("row_softmax", SOURCE)


ATTACK = Attack(
    "torch.softmax is compiled by torch.jit before it is watched", build, answer="refused", may=("tampered", "error")
)
