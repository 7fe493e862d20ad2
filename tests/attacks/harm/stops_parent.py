"""The grader is stopped instead of killed: by signals, by the terminal, by the kernel's own messages."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import ctypes
import fcntl
import os
import signal
import termios

libc = ctypes.CDLL(None, use_errno=True)
parent = os.getppid()
read, write = os.pipe()
for act in (
    lambda: os.kill(parent, signal.SIGSTOP),
    lambda: os.kill(parent, signal.SIGTSTP),
    lambda: os.killpg(0, signal.SIGTTIN),
    # The kernel would send this signal in our name, when the pipe becomes readable.
    lambda: (fcntl.fcntl(read, fcntl.F_SETOWN, parent), fcntl.fcntl(read, 10, signal.SIGSTOP)),
    lambda: fcntl.ioctl(0, termios.TIOCSTI, b"\\x1a"),
    lambda: signal.sigqueue(parent, signal.SIGSTOP) if hasattr(signal, "sigqueue") else 1 / 0,
):
    try:
        act()
        print("BREACH: the parent could be stopped")
    except (OSError, ZeroDivisionError):
        pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("the parent is stopped", build)
