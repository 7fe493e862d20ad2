"""Answers hand the judge objects that run code when they are pickled, unpickled, copied, hashed, compared or shown."""

from tests.attacks.attack import Attack, Notebook

HELPER = """
import os

import numpy as np


def leave(what):
    for place in PLACES:
        try:
            open(os.path.join(place, "breach-" + what), "w").close()
            print("BREACH: a file was written to", place)
        except OSError:
            pass


class Bomb:
    def __reduce__(self):
        return leave, ("reduce",)

    def __getstate__(self):
        leave("getstate")
        return {}

    __deepcopy__ = __copy__ = __reduce_ex__ = lambda self, *rest: (leave, ("copied",))


class Sneaky(torch.Tensor):
    def __reduce_ex__(self, protocol):
        return leave, ("tensor",)


class Text(str):
    def __reduce__(self):
        return leave, ("text",)


class Mean(float):
    def __reduce__(self):
        return leave, ("float",)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    places = ["/tmp", "/var/tmp", "/dev/shm", str(notebook.paths.home), str(notebook.paths.notes)]
    notebook.own(f"PLACES = {places!r}\n" + HELPER, before="row_softmax")
    notebook.answer("row_softmax", "def row_softmax(x):\n    return torch.zeros_like(x).as_subclass(Sneaky)")
    notebook.answer("fingerprint", "def fingerprint(text):\n    return np.array([Bomb()] * 3, dtype=object)")
    notebook.answer("mean_of", "def mean_of(values):\n    return {'mean': Bomb(), Text('x'): Mean(-1.0)}")
    notebook.answer("Scaler", "class Scaler(nn.Module):\n    def __init__(self, size):\n        super().__init__()\n"
                    "        self.weight = nn.Parameter(torch.ones(size))\n\n"
                    "    def forward(self, x):\n        return [Bomb(), x]")  # fmt: skip


ATTACK = Attack(
    "answers are objects that run code when unpickled", build, answer="wrong", may=("fail", "error", "tampered")
)
