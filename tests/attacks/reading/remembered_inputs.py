"""The answer keeps what it is called with; a later cell prints it, and the feedback shows that."""

from tests.attacks.attack import Attack, Notebook

FINGERPRINT = """
KEPT = []


def fingerprint(text):
    KEPT.append(text)
    return sum(ord(c) for c in text)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("fingerprint", FINGERPRINT)
    notebook.own("print(KEPT)", after="check-fingerprint")
    notebook.own("raise RuntimeError(str(KEPT))")


ATTACK = Attack("hidden inputs are kept in a global and printed later", build)
