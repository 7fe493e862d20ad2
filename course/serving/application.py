"""The service as a FastAPI application.

==================  ========================================================================================
``POST /classify``  body ``{"texts": ["…", …]}``; 200 ``{"version": "…", "predictions": [Prediction, …]}``
``GET /health``     200 ``{"status": "alive"}`` as long as the process answers at all
``GET /ready``      200 ``{"status": "ready", "version": "…"}``, 503 before the model is loaded
``GET /model``      200 ``{"version", "labels", "limits"}``
``GET /metrics``    Prometheus text format
==================  ========================================================================================

Every error is JSON of one form, ``{"error": {"code": "…", "message": "…"}}``: 404 ``not_found``, 405
``method_not_allowed``, 413 ``too_large`` (the body, before it is read whole), 422 ``invalid_request`` (with ``"field"``: no
JSON, no list of strings, an empty text, too many texts, too long a text), 503 ``not_ready`` or ``overloaded`` (with a
``Retry-After`` header), 500 ``internal`` (the cause goes to the log, never to the client).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course.serving.service import Service

if TYPE_CHECKING:
    from fastapi import FastAPI

    from course.serving.drift import DriftMonitor
    from course.serving.metrics import Metrics


@dataclass(frozen=True)
class Limits:
    """What one request may ask for.

    Attributes:
        texts: texts in a request.
        characters: characters in a text.
        body: bytes of the body.
    """

    texts: int = 32
    characters: int = 5_000
    body: int = 256 * 1024


def create_app(
    service: Service, *, limits: Limits | None = None, metrics: Metrics | None = None, drift: DriftMonitor | None = None
) -> FastAPI:
    """The application around a service; the service is started and closed with it (lifespan).

    Args:
        service: see :class:`~course.serving.service.Service`.
        limits: of a request.
        metrics: what is counted; a registry of its own if left out.
        drift: watches the inputs, if given.
    """
    raise NotImplementedError
