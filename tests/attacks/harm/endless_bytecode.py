"""A number with eighty-five million digits, in one bytecode."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own("number = 7 ** (10 ** 8)", before="check-row-softmax")


ATTACK = Attack("a power that takes minutes is one bytecode", build, seconds=20)
