"""How many threads torch computes on, for a while."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator


@contextlib.contextmanager
def threads(number: int) -> Iterator[None]:
    """Compute on ``number`` threads in the body, or in the function that it decorates; then on as many as before.

    One thread makes sums repeat themselves, which depend on how they are divided among several. It is also quicker for
    tiny models, which gain nothing from more: on two busy cores, two threads were measured to take nine times the
    computing time of one.
    """
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(number)
    try:
        yield
    finally:
        torch.set_num_threads(before)
