"""What a running service counts, in Prometheus' text format (prometheus.io/docs/instrumenting/exposition_formats)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

if TYPE_CHECKING:
    from course.serving.predictor import Prediction

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
_TEXTS = (1, 2, 4, 8, 16, 32)
_TOKENS = (4, 8, 16, 32, 64, 128, 256, 512)


class Metrics:
    """Counters and histograms in a registry of their own, so that two applications in a process don't share any."""

    def __init__(self) -> None:
        own = self.registry = CollectorRegistry()
        self._requests = Counter("http_requests", "Answered requests.", ["path", "status"], registry=own)
        self._latency = Histogram(
            "http_request_seconds", "From the request's head to the answer.", ["path"], buckets=_SECONDS, registry=own
        )
        self._batches = Histogram("batch_texts", "Texts in a batch.", buckets=_TEXTS, registry=own)
        self._model = Histogram("model_seconds", "The model on one batch.", buckets=_SECONDS, registry=own)
        self._tokens = Histogram("text_tokens", "Tokens of a text, before it is cut.", buckets=_TOKENS, registry=own)
        self._truncated = Counter("texts_truncated", "Texts whose end was not read.", registry=own)
        self._labels = Counter("predictions", "Answers.", ["label"], registry=own)
        self._waiting = Gauge("waiting_texts", "Texts in the queue.", registry=own)
        self._version = Gauge("model_info", "1 for the model that answers.", ["version"], registry=own)
        self._drift = Gauge(
            "input_drift_psi", "Population stability index against the reference.", ["feature"], registry=own
        )

    def request(self, path: str, status: int, seconds: float) -> None:
        """One request has been answered; ``path`` is the route's, never what a client typed."""
        self._requests.labels(path, str(status)).inc()
        self._latency.labels(path).observe(seconds)

    def batch(self, texts: int, seconds: float) -> None:
        """The model has run once."""
        self._batches.observe(texts)
        self._model.observe(seconds)

    def predictions(self, answers: Sequence[Prediction]) -> None:
        """Answers have been given."""
        for answer in answers:
            self._tokens.observe(answer["tokens"])
            self._labels.labels(answer["label"]).inc()
            if answer["truncated"]:
                self._truncated.inc()

    def model(self, version: str) -> None:
        """A model has been loaded."""
        self._version.clear()
        self._version.labels(version).set(1)

    def waiting(self, count: Callable[[], int]) -> None:
        """From now on ``count()`` says how many texts wait; it is asked when the metrics are read."""
        self._waiting.set_function(lambda: float(count()))

    def drift(self, scores: Mapping[str, float]) -> None:
        """The newest drift scores."""
        for feature, value in scores.items():
            self._drift.labels(feature).set(value)

    def text(self) -> bytes:
        """All of it as Prometheus reads it."""
        return generate_latest(self.registry)
