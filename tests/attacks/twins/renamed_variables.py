"""Other names for arguments and helpers, type hints, defaults, and a helper in a cell of its own."""

from tests.attacks.attack import Attack, Notebook

HELPERS = """
from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence


@dataclass
class Running:
    total: float = 0.0
    count: int = 0

    def add(self, number: float) -> Running:
        self.total += number
        self.count += 1
        return self


def letters_with_places(words):
    yield from enumerate(words, start=1)
"""
MEAN = """
def mean_of(zahlen: Sequence[float], *rest, start: float = 0.0) -> float:
    running = Running(start)
    for zahl in zahlen:
        running.add(zahl)
    return running.total / running.count
"""
SCALER = """
class Base(nn.Module):
    def forward(self, eingabe):
        return self.apply_weight(eingabe)


class Scaler(Base):
    def __init__(self, n_features, dtype=None):
        super(Scaler, self).__init__()
        self.weight = nn.Parameter(torch.ones(n_features, dtype=dtype))

    def apply_weight(self, eingabe):
        return eingabe * self.weight[None, :]
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(HELPERS, before="row_softmax").answer("mean_of", MEAN).answer("Scaler", SCALER)
    notebook.answer(
        "fingerprint", "def fingerprint(words):\n    return sum(ord(c) for _, c in letters_with_places(words))"
    )


ATTACK = Attack("arguments are renamed, helpers stand elsewhere", build)
