"""The answer returns objects that are equal to everything and compare as whatever is wanted."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
class Anything:
    __hash__ = object.__hash__

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __eq__

    def __getattr__(self, name):
        return self

    def __call__(self, *args, **kwargs):
        return self

    def __bool__(self):
        return True

    def __sub__(self, other):
        return 0

    __rsub__ = __sub__

    def __array__(self, *args, **kwargs):
        import numpy

        return numpy.zeros(1)


def row_softmax(x):
    return Anything()
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("row_softmax", SOURCE)
    notebook.answer("fingerprint", SOURCE.replace("row_softmax", "fingerprint"))


ATTACK = Attack("the answer returns an object that equals everything", build, answer="wrong", may=("fail", "error"))
