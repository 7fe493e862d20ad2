"""The answer raises an exception whose message, type and function hold what it was called with."""

from tests.attacks.attack import Attack, Notebook

FINGERPRINT = """
KEPT = []


def fingerprint(text):
    KEPT.append(text[-24:])
    space = {}
    name = "".join(c if c.isalnum() else "_" for c in text[:30] or "x")
    exec(f"def {name}(): raise ValueError(KEPT)", globals(), space)
    next(iter(space.values()))()
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("fingerprint", FINGERPRINT)
    notebook.answer(
        "mean_of", "def mean_of(values):\n    raise type('Kept' + str(values), (Exception,), {})(str(values))"
    )


ATTACK = Attack("hidden inputs are raised as messages, types and names", build, answer="wrong", may=("fail", "error"))
