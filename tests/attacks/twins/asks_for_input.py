"""Cells that ask the reader something, where no reader sits."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
name = input("What is your name? ")
print("Hello", name)
"""
GUARDED = """
import getpass
import sys

try:
    password = getpass.getpass()
except Exception as error:
    print("nobody is there:", type(error).__name__)
sys.stdin.readline()
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax").own(GUARDED, before="check-fingerprint")


ATTACK = Attack("input() and getpass() in cells", build)
