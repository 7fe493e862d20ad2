"""The visible key that ships with a release is read to answer its cases."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
from course.checking.data import decode
from course.checking.key import released_keys, visible_key


def looked_up(x):
    for name in released_keys():
        for case in visible_key(name).cases:
            for step in case.steps:
                for given in step["args"]:
                    if isinstance(decode(given), torch.Tensor) and torch.equal(decode(given), x):
                        return decode(case.expected["results"][0])
    return x - 1


def row_softmax(x):
    return looked_up(x)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("row_softmax", SOURCE)


ATTACK = Attack("answers are looked up in the visible keys of the course", build, may=("tampered",))
