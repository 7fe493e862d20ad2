"""Tracebacks, modules and the working folder tell where the grader lives."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import os
import sys
import traceback

import course

print(course.__file__, course.__path__, sys.path, os.getcwd(), __builtins__)
try:
    course.check(3)
    from course.checking.data import decode

    decode({"$": "nothing"})
except Exception:
    traceback.print_exc()
    print(traceback.format_exc())
raise RuntimeError(course.__file__) from OSError(course.__file__)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE)


ATTACK = Attack("paths of the grader are printed and raised", build)
