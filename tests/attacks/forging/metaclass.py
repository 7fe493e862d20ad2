"""The answer is a class whose metaclass decides anew what it is each time."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
class Meta(type):
    def __call__(cls, *args, **kwargs):
        return torch.full((2, 3), 1 / 3) if args else cls

    def __instancecheck__(cls, other):
        return True

    def __getattr__(cls, name):
        return cls

    def __eq__(cls, other):
        return True

    __hash__ = type.__hash__


class row_softmax(metaclass=Meta):
    pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("row_softmax", SOURCE)


ATTACK = Attack("the answer is a class with a lying metaclass", build, may=("fail",))
