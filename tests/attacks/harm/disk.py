"""The disk is filled, by one long file and by many short ones."""

from tests.attacks.attack import Attack, Notebook

# 16 MiB are allowed; no way goes beyond 64.
LONG = """
import os

try:
    with open("long.bin", "wb") as file:
        for _ in range(64):
            file.write(b"x" * (1 << 20))
    print("BREACH: one file of 64 MiB")
except OSError:
    pass
os.remove("long.bin")
"""
MANY = """
import time

for number in range(64):
    with open(f"part-{number}.bin", "wb") as file:
        file.write(b"x" * (1 << 20))
time.sleep(0.5)
print("BREACH: 64 files of 1 MiB")
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(LONG, before="check-row-softmax").own(MANY, before="check-row-softmax")


ATTACK = Attack("64 MiB are written where 16 are allowed", build, seconds=20)
