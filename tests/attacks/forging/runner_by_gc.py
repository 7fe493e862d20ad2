"""The runner is looked for among all objects and its methods are replaced."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import gc

wrong = {"results": [], "error": None, "mutated": False, "timeout": False, "refused": []}
for found in gc.get_objects():
    kind = type(found)
    if kind.__module__.startswith("autograder") and kind.__name__ in ("Runner", "Snapshot", "RefusalWatch", "Outputs"):
        for attribute in ("_check", "fault", "watching", "taken"):
            if hasattr(kind, attribute):
                setattr(kind, attribute, lambda self, *a, **k: {"observations": [wrong] * 5, "seconds": 0.0})
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("our runner is found through gc and replaced", build, may=("tampered", "crash", "error"))
