"""The solutions of the real course are looked for beside the course that is imported."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
from pathlib import Path

import course

root = Path(course.__file__).resolve().parent.parent
for place in ("solutions/05_attention/key/softmax.json", "solutions/05_attention/lesson.py", "tests/README.md"):
    try:
        (root / place).read_bytes()
        print("BREACH: could read", place)
    except OSError:
        pass
for place in ("solutions", "tests", ".git", "classroom"):
    try:
        list((root / place).iterdir())
        print("BREACH: could list", place)
    except OSError:
        pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE)


ATTACK = Attack("solutions/ is opened beside the course package", build)
