"""A profile function looks for the observer's results and overwrites them in place."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import sys
import threading


def profile(frame, event, argument):
    for name in ("observations", "results", "observed", "seen"):
        found = frame.f_locals.get(name)
        if isinstance(found, list):
            found[:] = [None] * len(found)
        if isinstance(found, set):
            found.clear()


sys.setprofile(profile)
threading.setprofile(profile)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("sys.setprofile rewrites what the observer notes", build, may=("tampered",))
