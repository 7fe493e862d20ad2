"""The service as a FastAPI application.

==================  ========================================================================================
``POST /classify``  body ``{"texts": ["…", …]}``; 200 ``{"version": "…", "predictions": [Prediction, …]}``
``GET /health``     200 ``{"status": "alive"}`` as long as the process answers at all
``GET /ready``      200 ``{"status": "ready", "version": "…"}``, 503 before the model is loaded
``GET /model``      200 ``{"version", "labels", "limits"}``
``GET /metrics``    Prometheus text format
==================  ========================================================================================

Every error is JSON of one form, ``{"error": {"code": "…", "message": "…"}}``: 404 ``not_found``, 405
``method_not_allowed``, 413 ``too_large`` (the body, before it is read whole), 422 ``invalid_request`` (no JSON, no list
of strings, an empty text, too many texts, too long a text; ``"field"`` says where), 503 ``not_ready`` or ``overloaded``
(with a ``Retry-After`` header), 500 ``internal`` (the cause goes to the log, never to the client).
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, create_model
from starlette.exceptions import HTTPException

from course.serving.batcher import Overloaded
from course.serving.body_limit import BodyLimit
from course.serving.metrics import CONTENT_TYPE, Metrics
from course.serving.service import NotReady, Service

if TYPE_CHECKING:
    from course.serving.drift import DriftMonitor

_log = logging.getLogger(__name__)
_CODES = {404: "not_found", 405: "method_not_allowed", 413: "too_large"}
RETRY_AFTER = {"Retry-After": "1"}


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


class PredictionModel(BaseModel):
    """One text's answer; see :class:`course.serving.predictor.Prediction`."""

    label: str
    probability: Annotated[float, Field(ge=0, le=1)]
    probabilities: dict[str, float]
    tokens: int
    truncated: bool


class ClassifyResponse(BaseModel):
    """The answers, in the order of the texts, and which model gave them."""

    version: str
    predictions: list[PredictionModel]


class ErrorBody(BaseModel):
    """What went wrong: a code for programs, a sentence for people."""

    code: str
    message: str
    field: str | None = None


class ErrorResponse(BaseModel):
    """The one form of every error."""

    error: ErrorBody


def request_model(limits: Limits) -> type[BaseModel]:
    """The request's model, ``{"texts": [str, …]}``, with these limits in it, so that the documentation shows them."""
    text = Annotated[str, Field(min_length=1, max_length=limits.characters, pattern=r"\S")]
    return create_model(
        "ClassifyRequest",
        __config__=ConfigDict(extra="forbid", strict=True),
        texts=(Annotated[list[text], Field(min_length=1, max_length=limits.texts)], ...),
    )


def error(status: int, code: str, message: str, *, field: str | None = None) -> JSONResponse:
    """An error in the one form that all have; 503 asks the client to come back."""
    content: dict[str, Any] = {"code": code, "message": message}
    if field is not None:
        content["field"] = field
    return JSONResponse({"error": content}, status, headers=RETRY_AFTER if status == 503 else None)


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
    allowed, counted = limits or Limits(), metrics or Metrics()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if hasattr(service, "observe"):
            service.observe = counted.batch
        await service.start()
        counted.model(service.version)
        counted.waiting(lambda: getattr(service, "waiting", 0))
        try:
            yield
        finally:
            await service.close()

    app = FastAPI(title="Sentiment of film reviews", version="1", lifespan=lifespan)
    _add_errors(app)
    _add_routes(app, service, allowed, counted, drift)
    # FastAPI's own max_body_size answers in plain text.
    app.add_middleware(BodyLimit, most=allowed.body)
    app.add_middleware(_Counting, metrics=counted)
    return app


def _add_routes(app: FastAPI, service: Service, limits: Limits, metrics: Metrics, drift: DriftMonitor | None) -> None:
    ClassifyRequest = request_model(limits)

    async def classify(body: Any) -> Response:
        answers = await service.classify(body.texts)
        metrics.predictions(answers)
        if drift is not None:
            drift.add(answers)
        # The answers are plain data already: to validate our own output at every request would cost more than it finds.
        content = json.dumps({"version": service.version, "predictions": answers}, ensure_ascii=False)
        return Response(content, media_type="application/json")

    classify.__annotations__["body"] = ClassifyRequest
    errors: dict[int | str, dict[str, Any]] = {status: {"model": ErrorResponse} for status in (413, 422, 500, 503)}
    app.post("/classify", response_model=ClassifyResponse, responses=errors)(classify)

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "alive"}

    @app.get("/ready", response_model=None)
    async def ready() -> Response:
        if not service.ready:
            return error(503, "not_ready", "The model is not loaded yet.")
        return JSONResponse({"status": "ready", "version": service.version})

    @app.get("/model")
    async def model() -> dict[str, Any]:
        return {"version": service.version, "labels": list(service.labels), "limits": asdict(limits)}

    @app.get("/metrics", response_model=None)
    async def read_metrics() -> Response:
        if drift is not None:
            metrics.drift(drift.scores())
        return Response(metrics.text(), media_type=CONTENT_TYPE)


def _add_errors(app: FastAPI) -> None:
    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, problem: RequestValidationError) -> JSONResponse:
        # Never the input itself: an error must not repeat what it was sent.
        first = problem.errors()[0]
        where = ".".join(str(part) for part in first["loc"] if part != "body")
        if first["type"] == "string_pattern_mismatch":
            return error(422, "invalid_request", "A text must hold more than spaces.", field=where)
        return error(422, "invalid_request", f"{first['msg']}.", field=where or "body")

    @app.exception_handler(HTTPException)
    async def other(request: Request, problem: HTTPException) -> JSONResponse:
        return error(problem.status_code, _CODES.get(problem.status_code, "http_error"), f"{problem.detail}.")

    @app.exception_handler(NotReady)
    async def not_ready(request: Request, problem: NotReady) -> JSONResponse:
        return error(503, "not_ready", "The model is not loaded yet.")

    @app.exception_handler(Overloaded)
    async def overloaded(request: Request, problem: Overloaded) -> JSONResponse:
        return error(503, "overloaded", "Too many texts are waiting: try again in a second.")

    @app.exception_handler(Exception)
    async def internal(request: Request, problem: Exception) -> JSONResponse:
        _log.error("%s %s failed", request.method, request.url.path, exc_info=problem)
        return error(500, "internal", "Something went wrong here; it has been written down.")


class _Counting:
    """Counts every request under its route's path; a plain ASGI middleware, which costs next to nothing."""

    def __init__(self, app: Any, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def noting(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            # A path that is no route's would make a new row for everything that anybody types.
            path = getattr(scope.get("route"), "path", "none")
            self._metrics.request(path, status, time.perf_counter() - started)
