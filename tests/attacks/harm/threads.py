"""Hundreds of threads at once; those that were given stay, so that no more can be started for the checks."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import threading
import time

hall = [threading.Thread(target=time.sleep, args=(30,), daemon=True) for _ in range(400)]
try:
    for thread in hall:
        thread.start()
except RuntimeError:
    pass
time.sleep(0.5)
if threading.active_count() > 200:
    print("BREACH: threads alive at once:", threading.active_count())
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("400 threads are started", build, may=("error",), seconds=20)
