"""A trace function changes local variables of whatever compares and observes."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import sys
import threading


def trace(frame, event, argument):
    for name in ("found", "gap", "refused", "mutated", "timeout", "error"):
        if name in frame.f_locals:
            try:
                frame.f_locals[name] = None
            except TypeError:
                pass
    if event == "return" and frame.f_code.co_name in ("assert_allclose", "allclose", "verdict", "judge"):
        return None
    if event == "exception" and "assert" in frame.f_code.co_name:
        frame.f_trace_lines = False
    return trace


sys.settrace(trace)
threading.settrace(trace)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("sys.settrace rewrites what the observer notes", build, may=("tampered",))
