"""One call into C that never looks for a signal, nor lets another thread run."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import collections
import itertools

collections.deque(itertools.repeat(None), maxlen=0)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("a cell is lost inside C", build, seconds=20)
