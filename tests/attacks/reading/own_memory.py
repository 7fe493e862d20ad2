"""All objects of the own process are searched for keys, verdicts and expectations."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import gc
import sys

for found in gc.get_objects():
    kind = type(found)
    if kind.__module__.startswith(("course.", "autograder.")) and kind.__name__ in ("Key", "KeyCase", "Judge", "Job"):
        print("BREACH: found a", kind.__name__, vars(found))
    if isinstance(found, dict) and "expected" in found and "steps" in found:
        print("BREACH: found an expectation")
    if isinstance(found, dict) and "misconceptions" in found:
        print("BREACH: found misconceptions")
judging = sys.modules.get("autograder.classroom.judge_server")
print(judging and vars(judging).get("_keys"))
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE)


ATTACK = Attack("everything that gc knows is searched for a key", build)
