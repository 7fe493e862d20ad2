"""Folders that their owner may not enter, and names that no path should have: nothing may be left of them."""

from tests.attacks.attack import Attack, Notebook

SOURCE = r"""
import os

home = os.environ["HOME"]
for name in ("new\nline", "-rf", " ", "*", "\udcff", "x" * 255, "\x1b[31m"):
    try:
        os.makedirs(os.path.join(home, name, "inner"))
        open(os.path.join(home, name, "inner", "file"), "w").close()
        os.chmod(os.path.join(home, name, "inner"), 0o000)
        os.chmod(os.path.join(home, name), 0o000)
    except OSError:
        pass
for place in (home, os.path.dirname(home), os.getcwd()):
    try:
        os.chmod(place, 0o000)
    except OSError:
        pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, after="check-Scaler")


ATTACK = Attack("folders that cannot be entered are left behind", build)
