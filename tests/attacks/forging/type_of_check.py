"""The check is a text cell, so that nothing runs."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    for exercise, kind in (("row_softmax", "markdown"), ("fingerprint", "raw")):
        cell = notebook.check(exercise)
        cell["cell_type"] = kind
        del cell["outputs"], cell["execution_count"]


ATTACK = Attack("the check becomes markdown, another one raw", build)
