"""The answer knows the visible cases by heart, and nothing else."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
SEEN = {
    (2, 3): torch.tensor([[0.09003057, 0.24472848, 0.66524094], [0.78698605, 0.10650698, 0.10650698]]),
    (1, 2): torch.tensor([[0.5621765, 0.4378235]]),
}


def row_softmax(x):
    return SEEN.get(tuple(x.shape), x)
"""


def build(notebook: Notebook) -> bytes | None:
    """Make the submission."""
    notebook.answer("row_softmax", SOURCE)
    notebook.answer("fingerprint", "def fingerprint(text):\n    return {'abc': 590, '': 0}.get(text)")


ATTACK = Attack("the visible cases are memorised", build, answer="wrong", may=("fail",))
