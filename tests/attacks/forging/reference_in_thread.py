"""The refused function is called in another thread, where no mode of torch watches."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import threading


def row_softmax(x):
    found = []
    thread = threading.Thread(target=lambda: found.append(torch.softmax(x, -1)))
    thread.start()
    thread.join()
    return found[0]
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("row_softmax", SOURCE)


ATTACK = Attack("torch.softmax is called in a thread", build, answer="refused", may=("tampered",))
