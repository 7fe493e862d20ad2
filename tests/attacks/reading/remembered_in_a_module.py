"""The answer keeps what it is called with where no namespace of a notebook reaches."""

from tests.attacks.attack import Attack, Notebook

FINGERPRINT = """
import builtins
import math
import threading

math.kept = []
builtins.kept = []


def fingerprint(text):
    math.kept.append(text)
    builtins.kept.append(text)
    threading.Timer(0.2, lambda: print(text)).start()
    return sum(ord(c) for c in text)
"""
LATER = """
import time

time.sleep(0.4)
print(math.kept, builtins.kept)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("fingerprint", FINGERPRINT)
    notebook.own(LATER)


ATTACK = Attack("hidden inputs are kept in a module, builtins and a thread", build)
