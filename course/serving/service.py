"""The model behind a service: loaded once, asked from many requests at a time.

An application (:func:`course.serving.application.create_app`, or a learner's) knows a :class:`Service` and nothing of
torch, ONNX or batches::

    lifespan:       await service.start() … await service.close()
    readiness:      service.ready
    an answer:      predictions = await service.classify(texts)          # plain dicts, in the order of the texts
    what answered:  service.labels, service.version
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from course.serving.batcher import MAX_BATCH_SIZE, MAX_WAIT, MAX_WAITING, WORKERS, Batcher, Collect, next_batch
from course.serving.predictor import Classifier, Prediction

#: Classified once before the service is ready: the first call of a model is slower than all others.
WARM_UP = "A first text, so that the first client does not wait for what is done only once."


class NotReady(Exception):
    """The model is not loaded (yet, or any more)."""


class Service(Protocol):
    """What an application needs."""

    @property
    def ready(self) -> bool:
        """Whether the model is loaded and answers."""

    @property
    def labels(self) -> Sequence[str]:
        """See :class:`~course.serving.predictor.Classifier`; empty before the start."""

    @property
    def version(self) -> str:
        """See :class:`~course.serving.predictor.Classifier`; empty before the start."""

    async def start(self) -> None:
        """Load the model and warm it up with one text."""

    async def classify(self, texts: Sequence[str]) -> list[Prediction]:
        """One answer for each text, in their order.

        Raises:
            NotReady: before the start and after the close.
            Overloaded: if too many texts wait already.
        """

    async def close(self) -> None:
        """Finish what runs, let go of the model."""


class _Loaded:
    """What both kinds of service share: the classifier, loaded beside the event loop, which stays free meanwhile."""

    def __init__(self, load: Callable[[], Classifier]) -> None:
        self._load = load
        self._classifier: Classifier | None = None

    @property
    def ready(self) -> bool:
        """Whether the model is loaded and answers."""
        return self._classifier is not None

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of the classes; empty before the start."""
        return tuple(self._classifier.labels) if self._classifier else ()

    @property
    def version(self) -> str:
        """Which weights these are; empty before the start."""
        return self._classifier.version if self._classifier else ""

    async def _loaded(self) -> Classifier:
        def load_and_try() -> Classifier:
            classifier = self._load()
            classifier.predict([WARM_UP])
            return classifier

        return await asyncio.to_thread(load_and_try)


class DirectService(_Loaded):
    """Every request is a call of the model of its own, one after another, in a thread beside the event loop.

    Args:
        load: makes the classifier; called once, at the start.
    """

    def __init__(self, load: Callable[[], Classifier]) -> None:
        super().__init__(load)
        self._thread: ThreadPoolExecutor | None = None

    async def start(self) -> None:
        """Load the model and warm it up."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="model")
        self._classifier = await self._loaded()

    async def classify(self, texts: Sequence[str]) -> list[Prediction]:
        """One answer for each text, in their order; NotReady before the start and after the close."""
        classifier = self._classifier
        if classifier is None or self._thread is None:
            raise NotReady("The model is not loaded.")
        return await asyncio.get_running_loop().run_in_executor(self._thread, classifier.predict, list(texts))

    async def close(self) -> None:
        """Let go of the model."""
        self._classifier = None
        if self._thread is not None:
            self._thread.shutdown(wait=False)
            self._thread = None


class BatchedService(_Loaded):
    """Requests share batches: a :class:`~course.serving.batcher.Batcher` in front of the model.

    Args:
        load: makes the classifier; called once, at the start.
        max_batch_size: see :class:`~course.serving.batcher.Batcher`, as the following.
        max_wait: seconds.
        max_waiting: texts.
        workers: batches that run at a time; the classifier is then called from so many threads.
        collect: takes the next batch.
        observe: is told of each batch.
    """

    def __init__(
        self, load: Callable[[], Classifier], *, max_batch_size: int = MAX_BATCH_SIZE, max_wait: float = MAX_WAIT,
        max_waiting: int = MAX_WAITING, workers: int = WORKERS, collect: Collect = next_batch,
        observe: Callable[[int, float], None] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(load)
        self.observe = observe
        self._settings = {"max_batch_size": max_batch_size, "max_wait": max_wait, "max_waiting": max_waiting}
        self._workers, self._collect = workers, collect
        self._batcher: Batcher | None = None

    @property
    def waiting(self) -> int:
        """Texts in the queue now."""
        return self._batcher.waiting if self._batcher else 0

    async def start(self) -> None:
        """Load the model, warm it up, begin to empty the queue."""
        classifier = await self._loaded()
        self._batcher = Batcher(
            classifier.predict, max_batch_size=int(self._settings["max_batch_size"]),
            max_wait=self._settings["max_wait"], max_waiting=int(self._settings["max_waiting"]), workers=self._workers,
            collect=self._collect, observe=self._tell,
        )  # fmt: skip
        await self._batcher.start()
        self._classifier = classifier

    async def classify(self, texts: Sequence[str]) -> list[Prediction]:
        """One answer for each text, in their order; NotReady before the start and after the close, or Overloaded."""
        if self._batcher is None:
            raise NotReady("The model is not loaded.")
        return await self._batcher.submit(texts)

    async def close(self) -> None:
        """Finish what runs, let go of the model."""
        batcher, self._batcher, self._classifier = self._batcher, None, None
        if batcher is not None:
            await batcher.close()

    def _tell(self, texts: int, seconds: float) -> None:
        if self.observe is not None:
            self.observe(texts, seconds)
