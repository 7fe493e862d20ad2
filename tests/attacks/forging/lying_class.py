"""An object claims by __class__ to be a tensor, a float, a string or a dict."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
class Liar:
    @property
    def __class__(self):
        return torch.Tensor

    def __getattr__(self, name):
        if name == "layout":
            return torch.strided
        if name in ("numel", "dim"):
            return lambda *a: 1
        return lambda *a, **k: self


def row_softmax(x):
    return Liar()
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("row_softmax", SOURCE)
    notebook.answer("fingerprint", SOURCE.replace("row_softmax", "fingerprint").replace("torch.Tensor", "int"))


ATTACK = Attack("the answer's __class__ lies", build, answer="wrong", may=("fail", "error"))
