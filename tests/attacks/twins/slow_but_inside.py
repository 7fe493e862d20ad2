"""Work that takes long, and less than it may: in a cell and in an answer."""

from tests.attacks.attack import Attack, Notebook

ANSWER = """
import time


def mean_of(values):
    time.sleep(0.5)
    return sum(values) / len(values)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own("import time\ntime.sleep(1.5)", before="check-row-softmax").answer("mean_of", ANSWER)
    notebook.own("sum(number * number for number in range(3_000_000))", before="check-Scaler")


ATTACK = Attack("slow, but inside the budget", build, seconds=25)
