"""Answers in NumPy that warn of overflow, and earn a part of the points."""

from tests.attacks.attack import Attack, Notebook

ANSWER = """
import numpy as np


def fingerprint(text):
    np.exp(np.float32(1000.0))
    np.array([0.0]) / np.array([0.0])
    np.log(np.array([-1.0]))
    return int(np.array([ord(letter) for letter in text], dtype=np.int64).sum())
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("fingerprint", ANSWER)


ATTACK = Attack("numpy warns, and the answer earns part of the points", build, answer="mixed")
