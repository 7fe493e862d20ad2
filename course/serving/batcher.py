"""Dynamic batching: requests that come at about the same time go through the model together.

A batch starts as soon as it is full, or when its oldest text has waited long enough, and never before the model is free
(Crankshaw et al., 2017, "Clipper", section 4.3; Olston et al., 2017, "TensorFlow-Serving"). The pictures to this are in
:mod:`course.visualizers.batching`, which simulates the same rule.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from course.serving.predictor import Prediction

#: On a CPU a larger batch gains nothing (measured on a busy machine: 3.4, 2.8, 2.9 and 3.0 ms of processor time for a
#: snippet in batches of 1, 4, 8 and 16), and with small ones the next batch waits already when a worker has ended one.
#: On a GPU: 32 up.
MAX_BATCH_SIZE = 4
#: Seconds. About what the model needs for one more text: waiting longer costs more than a larger batch saves.
MAX_WAIT = 0.002
#: Texts that may wait: less than two seconds of work.
MAX_WAITING = 256
#: Batches that run at a time, each on one thread: as many as the machine that the course is measured on has cores.
WORKERS = 2


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
        1 to ``max_batch_size`` texts.
    """
    batch = [await queue.get()]
    deadline = batch[0].arrived + max_wait
    now = asyncio.get_running_loop().time
    while len(batch) < max_batch_size:
        try:
            batch.append(queue.get_nowait())
        except asyncio.QueueEmpty:
            # A timer, even of 0 seconds, lets others run first: who is on the way in may still get in.
            if now() >= deadline:
                break
            try:
                batch.append(await asyncio.wait_for(queue.get(), deadline - now()))
            except TimeoutError:
                break
    return batch


class Overloaded(Exception):
    """The queue is full: better to say so at once than to answer everybody too late."""


class Batcher:
    """A queue in front of a model, and the tasks that empty it batch by batch.

    Each of ``workers`` batches runs in a thread of its own, so that the event loop goes on reading requests. Only one
    worker collects at a time: otherwise two would each wait for half of a batch.

    Args:
        predict: the model: a list of texts to a list of answers; called from several threads if there are workers.
        max_batch_size: see :func:`next_batch`.
        max_wait: see :func:`next_batch`.
        max_waiting: texts that may wait; more are refused.
        workers: batches that may run at a time.
        collect: :func:`next_batch`, or a function that does the same.
        observe: called with the size of each batch and the seconds that the model took, after it has run.
    """

    def __init__(
        self, predict: Callable[[Sequence[str]], list[Prediction]], *, max_batch_size: int = MAX_BATCH_SIZE,
        max_wait: float = MAX_WAIT, max_waiting: int = MAX_WAITING, workers: int = WORKERS,
        collect: Collect = next_batch, observe: Callable[[int, float], None] | None = None,
    ) -> None:  # fmt: skip
        if min(max_batch_size, max_waiting, workers) < 1 or max_wait < 0:
            raise ValueError("max_batch_size, max_waiting and workers must be at least 1, max_wait at least 0.")
        self._predict, self._collect, self._observe = predict, collect, observe
        self._max_batch_size, self._max_wait, self._max_waiting = max_batch_size, max_wait, max_waiting
        self._workers = workers
        self._queue: asyncio.Queue[Waiting] = asyncio.Queue()
        self._turn = asyncio.Lock()
        self._tasks: list[asyncio.Task[None]] = []
        self._threads: ThreadPoolExecutor | None = None
        #: Everyone who awaits an answer, so that nobody awaits forever when the batcher closes.
        self._open: set[asyncio.Future[Prediction]] = set()

    @property
    def waiting(self) -> int:
        """Texts in the queue now."""
        return self._queue.qsize()

    async def start(self) -> None:
        """Begin to empty the queue; call it on the event loop that will serve."""
        if self._tasks:
            return
        self._threads = ThreadPoolExecutor(self._workers, thread_name_prefix="model")
        self._tasks = [asyncio.create_task(self._work(self._threads)) for _ in range(self._workers)]

    async def submit(self, texts: Sequence[str]) -> list[Prediction]:
        """The answers for the texts of one request, in their order; they may travel in different batches.

        Raises:
            Overloaded: if not all of them find room.
            RuntimeError: if the batcher is not running, or closed before the answer was there.
        """
        if not self._tasks:
            raise RuntimeError("the batcher is not running")
        if self.waiting + len(texts) > self._max_waiting:
            raise Overloaded(f"{self.waiting} texts wait already, and {self._max_waiting} may.")
        loop = asyncio.get_running_loop()
        now = loop.time()
        entries = [Waiting(text, now, loop.create_future()) for text in texts]
        answers = [entry.answer for entry in entries]
        self._open.update(answers)
        for entry in entries:
            self._queue.put_nowait(entry)
        try:
            return list(await asyncio.gather(*answers))
        finally:
            # If the sender has gone, its futures are cancelled, and their texts are skipped when their turn comes.
            self._open.difference_update(answers)

    async def close(self) -> None:
        """Let the batches that run end, refuse what waits, stop. Closing twice is the same as once."""
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        for task in tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        for answer in list(self._open):
            if not answer.done():
                answer.set_exception(RuntimeError("the service is closing"))
        if self._threads is not None:
            self._threads.shutdown(wait=False)
            self._threads = None

    async def _work(self, threads: ThreadPoolExecutor) -> None:
        loop = asyncio.get_running_loop()
        while True:
            async with self._turn:
                collected = await self._collect(self._queue, self._max_batch_size, self._max_wait)
            batch = [entry for entry in collected if not entry.answer.done()]
            if batch:
                run = loop.run_in_executor(threads, self._timed, [entry.text for entry in batch])
                try:
                    # Shielded: a batch that runs is answered even if the batcher is being closed.
                    await asyncio.shield(asyncio.wait([run]))
                except asyncio.CancelledError:
                    await asyncio.wait([run])
                    raise
                finally:
                    self._hand_out(batch, run)

    def _hand_out(self, batch: list[Waiting], run: asyncio.Future[tuple[list[Prediction], float]]) -> None:
        problem = run.exception()
        for number, entry in enumerate(batch):
            if entry.answer.done():
                continue
            if problem is not None:
                entry.answer.set_exception(problem)
            else:
                entry.answer.set_result(run.result()[0][number])
        if problem is None and self._observe is not None:
            self._observe(len(batch), run.result()[1])

    def _timed(self, texts: list[str]) -> tuple[list[Prediction], float]:
        start = time.perf_counter()
        answers = self._predict(texts)
        if len(answers) != len(texts):
            raise ValueError(f"the model gave {len(answers)} answers for {len(texts)} texts")
        return answers, time.perf_counter() - start
