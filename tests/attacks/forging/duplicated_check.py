"""A second check cell with the same ids hands over something else than the answer."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    copy = {**notebook.check("fingerprint")}
    copy["source"] = 'check("fingerprint", lambda t: sum(i * ord(c) for i, c in enumerate(t, start=1)))'
    notebook.cells.insert(2, copy)
    notebook.cells.append(copy)


ATTACK = Attack("a copy of the check checks a right function", build, repaired="was there 3 times; it was run once")
