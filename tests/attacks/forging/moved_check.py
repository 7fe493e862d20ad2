"""The check stands before the answer, where an earlier cell has defined something right."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> bytes | None:
    """Make the submission."""
    right = "def fingerprint(text):\n    return sum(i * ord(c) for i, c in enumerate(text, start=1))"
    check = notebook.check("fingerprint")
    notebook.cells.remove(check)
    notebook.cells.insert(2, check)
    notebook.own(right, before="check-fingerprint")


ATTACK = Attack("the check moves up to a right answer that the answer cell then overwrites", build)
