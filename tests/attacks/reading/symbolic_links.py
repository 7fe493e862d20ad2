"""A link from the working folder leads to the hidden keys."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import os

for number, target in enumerate(("<KEYS>", "<ROOT>", "/", "/proc/1/root", "/proc/self/root<KEYS>")):
    try:
        os.symlink(target, f"link{number}")
    except OSError:
        pass
    for way in (f"link{number}/fingerprint.json", f"link{number}<KEYS>/fingerprint.json"):
        try:
            print(open(way).read())
        except OSError:
            pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE.replace("<KEYS>", str(notebook.paths.keys)).replace("<ROOT>", str(notebook.paths.root)))


ATTACK = Attack("symbolic links to the keys and to the root", build)
