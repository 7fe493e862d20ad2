"""The answer prints, displays and logs what it is called with while it is observed."""

from tests.attacks.attack import Attack, Notebook

FINGERPRINT = """
import logging
import os
import sys
import warnings

from IPython.display import display

STREAMS = sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__


def fingerprint(text):
    print(text)
    display({"text/plain": text}, raw=True)
    logging.warning(text)
    warnings.warn(text)
    for stream in STREAMS:
        print(text, file=stream)
    for number in (1, 2):
        try:
            os.write(number, text.encode())
        except OSError:
            pass
    get_ipython().set_next_input(text)
    return sum(ord(c) for c in text)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("fingerprint", FINGERPRINT)


ATTACK = Attack("hidden inputs are printed, displayed, logged and warned about", build)
