"""All answers stand in one cell, and the other answer cells are left as they were."""

from tests.attacks.attack import Attack, Notebook
from tests.attacks.lesson import ANSWERS


def build(notebook: Notebook) -> None:
    """Make the submission."""
    stubs = dict.fromkeys(("fingerprint", "mean_of", "Scaler"), "# see above")
    together = "\n\n\n".join(ANSWERS["mixed"].values())
    for name, source in {**stubs, "row_softmax": together}.items():
        notebook.answer(name, source)


ATTACK = Attack("all answers stand in one cell", build)
