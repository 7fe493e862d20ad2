"""The code objects inside the observing functions are exchanged; the functions stay the same."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import course.checking.observe as observing
import course.checking.refuse as refusing


class NoWatch:
    def __init__(self, refuse):
        pass

    def watch(self):
        return __import__("contextlib").nullcontext(set())


def blind(case, answer, refused, limit):
    return {"results": [0], "error": None, "mutated": False, "timeout": False, "refused": []}


observing.observe_case.__code__ = blind.__code__
observing.Refused = NoWatch
refusing._torch_watch.__code__ = (lambda functions, seen: __import__("contextlib").nullcontext()).__code__
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("__code__ of the observer is exchanged", build, answer="refused", may=("tampered",))
