"""The modules of the course are replaced by ones that pass everything."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import sys
import types

fake = types.ModuleType("course")
fake.check = lambda *a: 4.0
fake.hint = lambda *a: None
fake.__path__ = []
for name in list(sys.modules):
    if name == "course" or name.startswith("course.") or name == "numpy.testing":
        stand_in = types.ModuleType(name)
        stand_in.__getattr__ = lambda attribute: lambda *a, **k: []
        sys.modules[name] = stand_in
sys.modules["course"] = fake
from course import check
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("sys.modules holds another course", build, may=("tampered",))
