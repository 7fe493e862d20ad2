"""The answer goes up the frames while it is observed, keeps all that it finds, and a later cell shows it."""

from tests.attacks.attack import Attack, Notebook

FINGERPRINT = """
import sys

FOUND = []


def fingerprint(text):
    frame = sys._getframe(1)
    while frame is not None:
        FOUND.append(str(frame.f_locals)[:100_000])
        frame = frame.f_back
    return sum(ord(c) for c in text)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("fingerprint", FINGERPRINT)
    notebook.own("print([text for text in FOUND if 'expected' in text or 'sentence' in text])")
    notebook.own("print(FOUND)")


ATTACK = Attack("the frames above the answer are searched for keys", build)
