"""The model behind a service: loaded once, asked from many requests at a time.

An application (:func:`course.serving.application.create_app`, or a learner's) knows a :class:`Service` and nothing of
torch, ONNX or batches::

    lifespan:       await service.start() … await service.close()
    readiness:      service.ready
    an answer:      predictions = await service.classify(texts)          # plain dicts, in the order of the texts
    what answered:  service.labels, service.version
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from course.serving.batcher import MAX_BATCH_SIZE, MAX_WAIT, MAX_WAITING, Collect, next_batch
from course.serving.predictor import Classifier, Prediction


class NotReady(Exception):
    """The model is not loaded (yet)."""


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


class DirectService:
    """Every request is a call of the model of its own, one after another, in a thread beside the event loop.

    Args:
        load: makes the classifier; called once, at the start.
    """

    def __init__(self, load: Callable[[], Classifier]) -> None:
        raise NotImplementedError


class BatchedService:
    """Requests share batches: a :class:`~course.serving.batcher.Batcher` in front of the model.

    Args:
        load: makes the classifier; called once, at the start.
        max_batch_size, max_wait, max_waiting, collect: see :class:`~course.serving.batcher.Batcher`.
        observe: see there.
    """

    def __init__(
        self, load: Callable[[], Classifier], *, max_batch_size: int = MAX_BATCH_SIZE, max_wait: float = MAX_WAIT,
        max_waiting: int = MAX_WAITING, collect: Collect = next_batch,
        observe: Callable[[int, float], None] | None = None,
    ) -> None:  # fmt: skip
        raise NotImplementedError
