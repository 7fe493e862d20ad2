"""Integers that no float can hold, and one that Python refuses to write down, are returned."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("row_softmax", "def row_softmax(x):\n    return 10**400")
    notebook.answer("fingerprint", "def fingerprint(text):\n    return 10**5000")
    notebook.answer("mean_of", "def mean_of(values):\n    return -(10**400)")


ATTACK = Attack("answers return 10**400 and 10**5000", build, answer="wrong", may=("fail", "error"))
