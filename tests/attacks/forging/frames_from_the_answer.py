"""The answer itself goes up the frames while it is observed and empties the list of refusals."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import gc
import sys


def row_softmax(x):
    result = torch.softmax(x, -1)
    frame = sys._getframe(1)
    while frame is not None:
        for value in list(frame.f_locals.values()):
            if isinstance(value, set) and any(isinstance(item, str) and "softmax" in item for item in value):
                value.clear()
        frame = frame.f_back
    for found in gc.get_objects():
        if isinstance(found, (set, list)) and 0 < len(found) < 20:
            if all(isinstance(item, str) and item.startswith("torch.") for item in found):
                found.clear()
    return result
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("row_softmax", SOURCE)


ATTACK = Attack("the answer empties the observer's list of refused calls", build, answer="refused", may=("tampered",))
