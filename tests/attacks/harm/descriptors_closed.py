"""Every descriptor is closed, the one to the grader included, and others put in their places."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import os

os.closerange(0, 256)
for _ in range(20):
    os.open("/dev/null", os.O_RDWR)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("all descriptors are closed", build, seconds=20)
