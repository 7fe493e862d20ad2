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


def same_in_company(answer: Answer, texts: Sequence[str], company: str, *, group: int = 31) -> bool:
    """Whether labels stay what they are when ``company``, a text of another length, comes behind a group of texts."""
    for start in range(0, len(texts), group):
        some = list(texts[start : start + group])
        if _labels(answer(some), len(some)) != _labels(answer([*some, company]), len(some)):
            return False
    return True


def _labels(result: Any, count: int) -> list[str]:
    """For each of the first ``count`` places, the kinds under which it stands; a word where there are no such kinds."""
    if not isinstance(result, dict) or not all(isinstance(places, (list, tuple)) for places in result.values()):
        return [type(result).__name__]
    return [", ".join(sorted(str(kind) for kind, found in result.items() if n in found)) for n in range(count)]
