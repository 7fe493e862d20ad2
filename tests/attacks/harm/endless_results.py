"""Answers give back what has no end: a generator, a list within itself, a tower of lists, a length that lies."""

from tests.attacks.attack import Attack, Notebook

TOWER = """
def mean_of(values):
    tower = []
    for _ in range(200_000):
        tower = [tower]
    return tower
"""
SELF = """
class Endless(list):
    def __len__(self):
        return 2**62

    def __iter__(self):
        while True:
            yield self


def fingerprint(text):
    ring = {}
    ring["ring"] = ring
    return Endless([ring])
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("mean_of", TOWER).answer("fingerprint", SELF)
    notebook.answer("row_softmax", "def row_softmax(x):\n    while True:\n        yield x")


ATTACK = Attack(
    "results without an end or a bottom", build, answer="wrong",
    may=("fail", "error", "timeout", "crash", "memory"), seconds=25,
)  # fmt: skip
