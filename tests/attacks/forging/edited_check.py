"""The check cell itself is rewritten so that its result reads as full marks."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.check("row_softmax")["source"] = "4.0"
    notebook.check("fingerprint")["source"] = "pass"


ATTACK = Attack(
    "the check's source is replaced by a number", build, repaired="had been changed; the original one was used"
)
