"""The runner is reached through the frames below the cell, and its locals are changed."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import ctypes
import sys

frame = sys._getframe()
while frame is not None:
    for name, value in list(frame.f_locals.items()):
        if type(value).__module__.startswith("autograder"):
            for attribute in ("_snapshot", "_watch"):
                if hasattr(value, attribute):
                    setattr(value, attribute, None)
        if name in ("receive_", "send_", "dumps", "request"):
            frame.f_locals[name] = print
            ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
    frame = frame.f_back
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("our runner is reached through frames", build, may=("tampered", "crash", "error"))
