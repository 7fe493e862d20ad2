"""A cell before the check binds `check`, and what an ordinary test cell uses, to functions that find nothing wrong."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
class Card(float):
    def _repr_html_(self):
        return "All of it is right."

check = lambda name, answer=None: Card(4.0)
assert_allclose = assert_equal = lambda *a, **k: None
"""


def build(notebook: Notebook) -> None:
    """Put it before the check that there is something to gain from."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("a cell rebinds check", build)
