"""Python 3.12 can watch code without a trace function; where it can, it looks for refusals."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import sys

if hasattr(sys, "monitoring"):
    tool = sys.monitoring.DEBUGGER_ID
    sys.monitoring.use_tool_id(tool, "eye")
    sys.monitoring.set_events(tool, sys.monitoring.events.PY_RETURN)

    def returned(code, offset, value):
        if isinstance(value, set):
            value.clear()

    sys.monitoring.register_callback(tool, sys.monitoring.events.PY_RETURN, returned)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("sys.monitoring watches the observer", build, answer="refused", may=("tampered",))
