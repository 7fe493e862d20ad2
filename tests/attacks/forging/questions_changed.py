"""The answer removes what is refused from the questions, and cases from their list."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import sys


def row_softmax(x):
    frame = sys._getframe(1)
    while frame is not None:
        for value in list(frame.f_locals.values()):
            if isinstance(value, dict) and "refuse" in value:
                value["refuse"].clear()
                del value["cases"][1:]
                value["time_limit"] = 10**9
        frame = frame.f_back
    return torch.softmax(x, -1)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("row_softmax", SOURCE)


ATTACK = Attack("the answer rewrites the questions that are put to it", build, answer="refused", may=("tampered",))
