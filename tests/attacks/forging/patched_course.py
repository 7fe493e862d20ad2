"""The functions of the course that observe, encode and judge are replaced in their modules."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import sys

for name, module in list(sys.modules.items()):
    if name.startswith("course.checking"):
        for attribute in ("observe", "judge", "check", "encode", "decode", "verdict", "observation_difference"):
            if hasattr(module, attribute):
                setattr(module, attribute, lambda *a, **k: [])
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("course.checking is patched function by function", build, may=("tampered",))
