"""The disk is filled with files that no listing shows: deleted ones, kept open or only mapped."""

from tests.attacks.attack import Attack, Notebook

OPEN = """
import tempfile
import time

kept = []
for _ in range(64):
    file = tempfile.TemporaryFile()
    kept.append(file)
    file.write(b"x" * (1 << 20))
    file.flush()
time.sleep(0.5)
print("BREACH: 64 MiB in deleted files")
"""
MAPPED = """
import mmap
import tempfile
import time

views = []
for _ in range(64):
    with tempfile.TemporaryFile() as file:
        file.write(b"x" * (1 << 20))
        file.flush()
        views.append(mmap.mmap(file.fileno(), 1 << 20))
time.sleep(0.5)
print("BREACH: 64 MiB in mapped files")
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(OPEN, before="check-row-softmax").own(MAPPED, before="check-row-softmax")


ATTACK = Attack("64 MiB are written to deleted files", build, seconds=25)
