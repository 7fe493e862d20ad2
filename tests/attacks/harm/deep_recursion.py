"""Recursion beyond the C stack, with Python's own limit lifted."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import sys

sys.setrecursionlimit(10**9)


class Deep:
    def __getattr__(self, name):
        return getattr(self, name + "x")


def dive(depth):
    return dive(depth + 1) if depth % 2 else max([depth + 1], key=dive)


dive(0)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("recursion runs over the C stack", build, seconds=20)
