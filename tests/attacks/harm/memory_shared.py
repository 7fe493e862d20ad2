"""Shared memory, which the limit on a process's data does not count, is written to."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import mmap
import time

hoard = []
try:
    for _ in range(20):
        part = mmap.mmap(-1, 128 << 20)
        hoard.append(part)
        for place in range(0, len(part), 4096):
            part[place] = 1
    time.sleep(0.2)
    print("BREACH: 2.5 GiB of shared memory")
except (MemoryError, OSError):
    pass
hoard.clear()
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("shared memory is filled", build, seconds=20)
