"""Cells that take most of what a notebook may take, none of them too long by itself."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    for number in range(3):
        notebook.own(f"import time\ntime.sleep(2.5)  # {number}", before="check-Scaler")


ATTACK = Attack("slow cells that take three quarters of the notebook's budget", build, seconds=30)
