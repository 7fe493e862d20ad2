"""all, any, abs, sorted and isinstance give the answers that an attacker likes."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import builtins

true_isinstance = builtins.isinstance
builtins.all = lambda *a, **k: True
builtins.any = lambda *a, **k: False
builtins.abs = lambda *a, **k: 0
builtins.sorted = lambda *a, **k: []
builtins.isinstance = lambda value, kind: True if kind is AssertionError else true_isinstance(value, kind)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("builtins find everything right", build, may=("tampered", "error"))
