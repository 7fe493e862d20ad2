"""A cell of the learner's own that never comes back."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own("steps = 0\nwhile True:\n    steps += 1", before="check-row-softmax")


ATTACK = Attack("a cell loops without end", build, seconds=20)
