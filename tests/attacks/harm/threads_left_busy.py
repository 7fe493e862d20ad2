"""Threads that go on computing, printing and changing the standard streams after their cell has ended."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import sys
import threading


def busy():
    while True:
        print("x" * 1000)
        sys.stderr.write("y" * 1000)
        sum(range(10_000))


for _ in range(6):
    threading.Thread(target=busy, daemon=True).start()
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("threads stay busy after their cell", build, may=("timeout",), seconds=25)
