"""An answer raises exceptions too large to be told."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("row_softmax", "def row_softmax(x):\n    raise ValueError('x' * 50_000_000)")
    notebook.answer("fingerprint", "def fingerprint(text):\n    raise type('E' * 1_000_000, (Exception,), {})")
    notebook.answer("mean_of", "def mean_of(values):\n    raise ValueError(*[['y' * 1000] * 1000] * 100)")
    notebook.answer("Scaler", "class Scaler:\n    def __init__(self, size):\n        return self.__init__(size)")


ATTACK = Attack("answers raise exceptions of megabytes", build, answer="wrong", may=("error", "fail", "memory"))
