"""The variables of the grader's environment are read, in Python, in C and in /proc."""

from tests.attacks.attack import Attack, Notebook

SOURCE = r"""
import ctypes
import os

name = "GRADER_API" + "_TOKEN"
print(os.environ.get(name))
libc = ctypes.CDLL(None)
libc.getenv.restype = ctypes.c_char_p
print(libc.getenv(name.encode()))
for who in ("self", os.getppid()):
    try:
        with open(f"/proc/{who}/environ", "rb") as file:
            print([part for part in file.read().split(b"\0") if name.encode() in part])
    except OSError:
        pass
try:
    print(get_ipython().getoutput("echo $" + name))
except Exception:
    pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE)


ATTACK = Attack("the grader's environment is read", build)
