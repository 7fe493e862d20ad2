"""Dynamic batching: requests that come at about the same time go through the model together.

A batch starts as soon as it is full, or when its oldest text has waited long enough, and never before the model is free
(Crankshaw et al., 2017, "Clipper", section 4.3; Olston et al., 2017, "TensorFlow-Serving"). The pictures to this are in
:mod:`course.visualizers.batching`, which simulates the same rule.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from course.serving.predictor import Prediction

MAX_BATCH_SIZE = 16
MAX_WAIT = 0.002
MAX_WAITING = 256


@dataclass(eq=False)
class Waiting:
    """One text on its way through the queue.

    Attributes:
        text: what is to be classified.
        arrived: when it came, in seconds of ``loop.time()``.
        answer: what its sender awaits.
    """

    text: str
    arrived: float
    answer: asyncio.Future[Prediction] = field(repr=False)


#: Takes the next batch out of the queue: ``await collect(queue, max_batch_size, max_wait)``.
Collect = Callable[[asyncio.Queue[Waiting], int, float], Awaitable[list[Waiting]]]


async def next_batch(queue: asyncio.Queue[Waiting], max_batch_size: int, max_wait: float) -> list[Waiting]:
    """Wait for the next batch and take it out of the queue, in the order of arrival.

    It waits for a first text as long as it takes. It returns at the first moment at which ``max_batch_size`` texts are
    there, or the oldest has waited ``max_wait`` since it *arrived* (``arrived``, not since it was taken): after a long
    batch that moment has often passed, and whoever is there goes at once.

    Args:
        queue: of :class:`Waiting`, oldest first.
        max_batch_size: at least 1.
        max_wait: seconds; 0 takes whoever is there.

    Returns:
        1 to ``max_batch_size`` texts. If the caller is cancelled while it waits, what had been taken is put back.
    """
    raise NotImplementedError


class Overloaded(Exception):
    """The queue is full: better to say so at once than to answer everybody too late."""


class Batcher:
    """A queue in front of a model, and the task that empties it batch by batch.

    The model runs in one thread of its own, one batch at a time, so that the event loop goes on reading requests.

    Args:
        predict: the model: a list of texts to a list of answers.
        max_batch_size, max_wait: see :func:`next_batch`.
        max_waiting: texts that may wait; more are refused.
        collect: :func:`next_batch`, or a function that does the same.
        observe: called with the size of each batch and the seconds that the model took, after it has run.
    """

    def __init__(
        self, predict: Callable[[Sequence[str]], list[Prediction]], *, max_batch_size: int = MAX_BATCH_SIZE,
        max_wait: float = MAX_WAIT, max_waiting: int = MAX_WAITING, collect: Collect = next_batch,
        observe: Callable[[int, float], None] | None = None,
    ) -> None:  # fmt: skip
        raise NotImplementedError

    async def start(self) -> None:
        """Begin to empty the queue; call it on the event loop that will serve."""
        raise NotImplementedError

    async def submit(self, texts: Sequence[str]) -> list[Prediction]:
        """The answers for the texts of one request, in their order; they may travel in different batches.

        Raises:
            Overloaded: if not all of them find room.
            RuntimeError: if the batcher is not running, or closed before the answer was there.
        """
        raise NotImplementedError

    async def close(self) -> None:
        """Let the batch that runs end, refuse what waits, stop. Closing twice is the same as once."""
        raise NotImplementedError
