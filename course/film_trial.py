"""For cases of ``label_films``: what two calls of an answer have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch

Answer = Callable[[list[str]], Any]


def same_twice(answer: Answer, texts: Sequence[str]) -> bool:
    """Whether two calls on the same texts agree, though the random generator stands elsewhere in each."""
    results = []
    for seed in (1, 2):
        torch.manual_seed(seed)
        results.append(answer(list(texts)))
    return bool(results[0] == results[1])


def same_in_company(answer: Answer, texts: Sequence[str], company: str) -> bool:
    """Whether the label of each text alone is its label beside ``company``, a text of another length."""
    return all(_label_of_first(answer([text])) == _label_of_first(answer([text, company])) for text in texts)


def _label_of_first(result: Any) -> str:
    """The kinds under which place 0 stands; the result in words where it is no dict of lists."""
    if not isinstance(result, dict) or not all(isinstance(places, (list, tuple)) for places in result.values()):
        return type(result).__name__
    return ", ".join(sorted(str(kind) for kind, places in result.items() if 0 in places))
