"""The time limit rests on a signal; its handler is replaced and the signal blocked."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import signal


def fingerprint(text):
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
    while True:
        pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("fingerprint", SOURCE)


ATTACK = Attack(
    "SIGALRM is ignored and blocked by an endless answer", build, may=("timeout", "error", "crash"), seconds=25.0
)
