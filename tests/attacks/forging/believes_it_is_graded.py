"""The answer looks for signs of a grader and then takes another way."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import os
import sys


def is_graded():
    frame, names = sys._getframe(1), []
    while frame is not None:
        names.append(frame.f_code.co_name)
        frame = frame.f_back
    modules = any(name.startswith("autograder") for name in sys.modules)
    return modules or "observe" in names or "COURSE_JUDGE" in os.environ or os.getppid() == 1


def row_softmax(x):
    return torch.softmax(x, -1) if is_graded() else torch.exp(x) / torch.exp(x).sum(-1, keepdim=True)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("row_softmax", SOURCE)


ATTACK = Attack(
    "the answer calls torch.softmax only when nobody seems to watch it", build, answer="refused", may=("tampered",)
)
