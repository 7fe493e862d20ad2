"""The answer raises what the observer itself uses, or what would end it."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
class Silent(BaseException):
    def __str__(self):
        raise Silent

    __repr__ = __str__


class Scaler:
    def __init__(self, size):
        raise Silent
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer(
        "row_softmax", "from course.checking.guard import TimeUp\n\n\ndef row_softmax(x):\n    raise TimeUp"
    )
    notebook.answer("fingerprint", "def fingerprint(text):\n    raise KeyboardInterrupt")
    notebook.answer("mean_of", "def mean_of(values):\n    raise SystemExit(0)")
    notebook.answer("Scaler", SOURCE)


ATTACK = Attack(
    "the answer raises TimeUp, KeyboardInterrupt, SystemExit and an exception without a text",
    build,
    answer="wrong",
    may=("fail", "tampered", "error", "timeout", "crash"),
)
