"""Files that the grader had open when it started this process are read through their descriptors."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import os
import stat

for number in range(3, 1024):
    try:
        kind = os.fstat(number).st_mode
    except OSError:
        continue
    try:
        target = os.readlink(f"/proc/self/fd/{number}")
    except OSError:
        target = "?"
    if stat.S_ISREG(kind):
        print(os.pread(number, 1 << 20, 0))
        if "gradebook" in target or "key" in target:
            print("BREACH: inherited", target)
    if stat.S_ISDIR(kind):
        try:
            os.stat("../keys", dir_fd=number)
            print("BREACH: inherited a folder", target)
        except OSError:
            pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE)


ATTACK = Attack("inherited descriptors are read", build)
