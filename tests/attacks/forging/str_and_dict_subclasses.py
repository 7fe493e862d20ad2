"""Subclasses of dict, str, list and int that behave differently each time they are read."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
class Number(int):
    def __eq__(self, other):
        return True

    def __int__(self):
        return 590

    __index__ = __int__
    __hash__ = int.__hash__

    def __repr__(self):
        return "590"


def fingerprint(text):
    return Number(7)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("fingerprint", SOURCE)


ATTACK = Attack("answers return subclasses of plain types that lie", build, answer="wrong", may=("fail", "partial"))
