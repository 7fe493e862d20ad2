"""A tensor without storage of its own makes up its values when it is looked at."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
class Conjured(torch.Tensor):
    @staticmethod
    def __new__(cls, like):
        return torch.Tensor._make_wrapper_subclass(cls, like.shape, dtype=like.dtype)

    @classmethod
    def __torch_dispatch__(cls, func, types, args=(), kwargs=None):
        return torch.zeros(args[0].shape) if args and hasattr(args[0], "shape") else torch.zeros(1)


def row_softmax(x):
    return Conjured(x)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("row_softmax", SOURCE)


ATTACK = Attack("a Tensor subclass with __torch_dispatch__", build, may=("fail", "error"))
