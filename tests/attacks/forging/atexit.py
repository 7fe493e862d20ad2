"""What is left to be done at the end of the process forges a verdict or ends it with success."""

from tests.attacks.attack import Attack, Notebook

SOURCE = r"""
import atexit
import os
import sys
import weakref


class Last:
    def __del__(self):
        print('{"verdicts": {"row_softmax": 4.0}}')


def speak():
    for number in range(3, 64):
        try:
            os.write(number, b'{"verdicts": {"row_softmax": 4.0}}\n')
        except OSError:
            pass
    os._exit(0)


atexit.register(speak)
last = Last()
weakref.finalize(last, speak)
sys.exitfunc = speak
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("atexit and finalisers speak last", build)
