"""The process stops itself, so that it neither goes on nor ends."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import os
import signal

os.kill(os.getpid(), signal.SIGSTOP)
signal.pause()
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("the process stops itself", build, seconds=20)
