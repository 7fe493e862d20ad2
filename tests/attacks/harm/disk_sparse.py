"""A file that claims a terabyte, by a hole and by allocation."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import os

with open("hole.bin", "wb") as file:
    for claim in (
        lambda: os.truncate(file.fileno(), 1 << 40),
        lambda: os.posix_fallocate(file.fileno(), 0, 1 << 30),
        lambda: (file.seek(1 << 40), file.write(b"x"), file.flush()),
    ):
        try:
            claim()
        except OSError:
            pass
    if os.fstat(file.fileno()).st_size > 32 << 20:
        print("BREACH: a file of", os.fstat(file.fileno()).st_size, "bytes")
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("a file claims a terabyte", build)
