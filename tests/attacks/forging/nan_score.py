"""The check's result reads as NaN, as infinity, as more than there is."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
class Score(float):
    def __repr__(self):
        return "nan"


scores = iter([Score("nan"), Score("inf"), 1e9, "full"])
check = lambda name, answer=None: next(scores)
get_ipython().display_formatter.formatters["text/plain"].for_type(float, lambda value, p, cycle: p.text("inf"))
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("results of the check are NaN, inf and 1e9", build)
