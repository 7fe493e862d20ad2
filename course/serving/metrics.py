"""What a running service counts, in Prometheus' text format (prometheus.io/docs/instrumenting/exposition_formats)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course.serving.predictor import Prediction


class Metrics:
    """Counters and histograms in a registry of their own, so that two applications in a process don't share any.

    ``http_requests_total{path,status}``, ``http_request_seconds{path}``, ``batch_texts``, ``model_seconds``,
    ``text_tokens``, ``texts_truncated_total``, ``predictions_total{label}``, ``waiting_texts``, ``model_info{version}``,
    ``input_drift_psi{feature}``.
    """

    def __init__(self) -> None:
        raise NotImplementedError

    def request(self, path: str, status: int, seconds: float) -> None:
        """One request has been answered; ``path`` is the route's, never what a client typed."""
        raise NotImplementedError

    def batch(self, texts: int, seconds: float) -> None:
        """The model has run once."""
        raise NotImplementedError

    def predictions(self, answers: Sequence[Prediction]) -> None:
        """Answers have been given."""
        raise NotImplementedError

    def model(self, version: str) -> None:
        """A model has been loaded."""
        raise NotImplementedError

    def drift(self, scores: dict[str, float]) -> None:
        """The newest drift scores."""
        raise NotImplementedError

    def text(self) -> bytes:
        """All of it as Prometheus reads it."""
        raise NotImplementedError
