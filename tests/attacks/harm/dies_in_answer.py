"""An answer reads memory that is not there."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("fingerprint", "def fingerprint(text):\n    import ctypes\n\n    return ctypes.string_at(0)")


ATTACK = Attack("the answer ends in a segmentation fault", build, may=("crash", "tampered"))
