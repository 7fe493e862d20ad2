"""After a check, its questions are looked for among all objects and printed."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import gc

for found in gc.get_objects():
    if isinstance(found, dict) and "cases" in found and "time_limit" in found:
        print(found)
    if isinstance(found, dict) and "steps" in found and "name" in found:
        print(found)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE)


ATTACK = Attack("the hidden inputs are looked for in memory after the check", build, may=("tampered",))
