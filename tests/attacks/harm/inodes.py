"""Thousands of empty files and folders, and a folder so deep that its path is too long."""

from tests.attacks.attack import Attack, Notebook

# 500 are allowed.
MANY = """
import os
import time

for number in range(6_000):
    os.close(os.open(f"file-{number}", os.O_CREAT | os.O_WRONLY))
time.sleep(0.5)
print("BREACH: 6,000 files")
"""
DEEP = """
import os
import time

for number in range(3_000):
    os.mkdir("deeper-and-deeper")
    os.chdir("deeper-and-deeper")
time.sleep(0.5)
print("BREACH: 3,000 folders in each other")
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(MANY, before="check-row-softmax").own(DEEP, before="check-fingerprint")


ATTACK = Attack("6,000 files and 3,000 folders in each other", build, seconds=25)
