"""The same work on every lesson, on several processors."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

_Found = TypeVar("_Found")


def spread(work: Callable[[str], _Found], names: Sequence[str], jobs: int) -> Iterator[_Found]:
    """What ``work`` finds on each name, in their order, as soon as it and all before it are there.

    Args:
        work: a function of a module; with more than one job it runs in processes of its own.
        names: what it works on.
        jobs: how many processes; 1: this one.

    Raises:
        Exception: what ``work`` raised on the first name where it did.
    """
    if jobs <= 1 or len(names) <= 1:
        yield from map(work, names)
        return
    # a fork of a process that has run torch's threads can hang
    with ProcessPoolExecutor(min(jobs, len(names)), multiprocessing.get_context("spawn")) as pool:
        # the last ones first: later lessons train models, and the longest should not begin when all others have ended
        begun = [pool.submit(work, name) for name in reversed(names)]
        for found in reversed(begun):
            yield found.result()
