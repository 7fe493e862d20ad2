"""An answer that swallows the observer's alarm and goes on."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
def fingerprint(text):
    import signal

    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("fingerprint", SOURCE)


ATTACK = Attack("the answer blocks signals and swallows the alarm", build, may=("timeout", "tampered"), seconds=25)
