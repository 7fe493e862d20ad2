"""A hard link brings a file of the grader into the working folder."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import os

for number, target in enumerate(("<KEYS>/fingerprint.json", "<GRADEBOOK>", "<CLASSMATE>")):
    try:
        os.link(target, f"linked{number}")
        print(open(f"linked{number}", "rb").read())
    except OSError:
        pass
    try:
        os.rename(target, f"moved{number}")
        print("BREACH: could move", target)
    except OSError:
        pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(
        SOURCE.replace("<KEYS>", str(notebook.paths.keys))
        .replace("<GRADEBOOK>", str(notebook.paths.gradebook))
        .replace("<CLASSMATE>", str(notebook.paths.classmate))
    )


ATTACK = Attack("hard links to the keys and the gradebook", build, stock="not tried: it would move the files away")
