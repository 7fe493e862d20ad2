"""A text that reads as a number is shown where a verdict is expected."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
from IPython.display import display


class Card:
    def __init__(self, text):
        self.text = text

    def __repr__(self):
        return self.text

    def _repr_html_(self):
        return "<b>4 of 4</b>"


def check(name, answer=None):
    display(Card("-9"))
    return Card("4.0 points")


display(Card("1e308"))
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("the check's result is a text, a huge number, a negative one", build)
