"""Descriptors are opened until there are no more, and kept."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import os

hoard = []
try:
    while len(hoard) < 2_000:
        hoard.append(os.open("/dev/null", os.O_RDONLY))
        hoard += os.pipe()
except OSError:
    pass
if len(hoard) >= 2_000:
    print("BREACH: descriptors:", len(hoard))
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("descriptors are hoarded", build)
