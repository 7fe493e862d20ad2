"""The answer writes what it is called with into a file; a later cell prints that."""

from tests.attacks.attack import Attack, Notebook

FINGERPRINT = """
import os
import tempfile


def fingerprint(text):
    for folder in (".", tempfile.gettempdir(), os.path.expanduser("~")):
        with open(folder + "/kept.txt", "a") as file:
            file.write(text)
    return sum(ord(c) for c in text)
"""
LATER = """
for folder in (".", tempfile.gettempdir(), os.path.expanduser("~")):
    try:
        print(open(folder + "/kept.txt").read())
    except OSError:
        pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("fingerprint", FINGERPRINT)
    notebook.own(LATER)


ATTACK = Attack("hidden inputs are kept in files of the working folder", build)
