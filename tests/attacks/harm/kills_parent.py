"""The grader, its process group and everybody are sent signals."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import ctypes
import os
import signal

libc = ctypes.CDLL(None, use_errno=True)
parent = os.getppid()
others = {int(name) for name in os.listdir("/proc") if name.isdigit()} if os.access("/proc", os.R_OK) else set()
others -= {os.getpid()}
# Signal 0 only asks whether a signal could be sent: real ones follow where that is answered with yes.
for who in [parent, *sorted(others, reverse=True)[:50]]:
    for send in (
        lambda number: os.kill(who, number),
        lambda number: os.killpg(os.getpgid(who), number),
        lambda number: libc.syscall(234, who, who, number) == 0 or 1 / 0,
        lambda number: libc.syscall(200, who, number) == 0 or 1 / 0,
        lambda number: signal.pidfd_send_signal(os.pidfd_open(who), number),
    ):
        try:
            send(0)
        except (OSError, ZeroDivisionError):
            continue
        if who > 1:
            print("BREACH: a signal reached", who)
for who in (0, -1, -parent):
    try:
        os.kill(who, 0)
        print("BREACH: a signal reached a group")
    except OSError:
        pass
try:
    os.kill(parent, signal.SIGKILL)
except OSError:
    pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("the parent and everybody else are killed", build)
