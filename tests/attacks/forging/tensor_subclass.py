"""A subclass of Tensor answers for every torch function, comparisons included."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
class Agreeable(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        if func.__name__ in ("allclose", "equal", "isclose", "eq", "__eq__", "all"):
            return torch.tensor(True)
        return super().__torch_function__(func, types, args, kwargs or {})

    def numpy(self):
        raise AssertionError("nobody looks")

    detach = cpu = contiguous = lambda self, *a: self


def row_softmax(x):
    return (x - 1).as_subclass(Agreeable)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("row_softmax", SOURCE)


ATTACK = Attack("a Tensor subclass with __torch_function__", build)
