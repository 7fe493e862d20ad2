"""A hidden input is kept and returned in the next visible case, whose result the card shows."""

from tests.attacks.attack import Attack, Notebook

FINGERPRINT = """
KEPT = []


def fingerprint(text):
    KEPT.append(text)
    return {"abc": 590, "": max(KEPT, key=len)[-24:]}.get(text, 7)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("fingerprint", FINGERPRINT)


ATTACK = Attack("a hidden input is returned in a later visible case", build, answer="wrong", may=("fail",))
