"""Right answers stand behind the checks, in cells that are not answer cells."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> bytes | None:
    """Make the submission."""
    notebook.own("def fingerprint(text):\n    return sum(i * ord(c) for i, c in enumerate(text, start=1))")


ATTACK = Attack("a right function comes after its check", build)
