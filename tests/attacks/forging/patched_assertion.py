"""AssertionError is something that nothing raises, and errors are swallowed by a hook."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import builtins
import sys


class Quiet(BaseException):
    def __init__(self, *args):
        raise SystemExit(0)


builtins.AssertionError = Quiet
sys.excepthook = lambda *a: None
get_ipython().set_custom_exc((Exception,), lambda *a, **k: None)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("AssertionError and the hooks for exceptions are replaced", build, may=("tampered",))
