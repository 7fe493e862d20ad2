"""The same routes with Flask: a function a route, a thread a request instead of an event loop.

What Flask leaves to you: it validates nothing (pydantic does, the same model as for FastAPI) and documents nothing.
What it takes off you: there is no ``await``. One lock keeps the model to one request at a time; no batches are shared.
"""

from __future__ import annotations

import threading
from typing import Any

from flask import Flask, Response, jsonify, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from course.serving.application import Limits, request_model
from course.serving.predictor import Classifier

_CODES = {404: "not_found", 405: "method_not_allowed", 413: "too_large"}


def create_flask_app(classifier: Classifier, *, limits: Limits | None = None) -> Flask:
    """``POST /classify``, ``GET /health`` and ``GET /ready`` as in :mod:`course.serving.application`, errors included.

    The classifier is loaded by then, so that it is always ready.
    """
    allowed = limits or Limits()
    model, one_at_a_time = request_model(allowed), threading.Lock()
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = allowed.body

    @app.post("/classify")
    def classify() -> Any:
        asked: Any = model.model_validate_json(request.get_data())
        with one_at_a_time:
            answers = classifier.predict(asked.texts)
        return {"version": classifier.version, "predictions": answers}

    @app.get("/health")
    def health() -> Any:
        return {"status": "alive"}

    @app.get("/ready")
    def ready() -> Any:
        return {"status": "ready", "version": classifier.version}

    @app.errorhandler(ValidationError)
    def invalid(problem: ValidationError) -> tuple[Response, int]:
        first = problem.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "body"
        blank = first["type"] == "string_pattern_mismatch"
        message = "A text must hold more than spaces." if blank else f"{first['msg']}."
        return _error(422, "invalid_request", message, field=where)

    @app.errorhandler(HTTPException)
    def other(problem: HTTPException) -> tuple[Response, int]:
        status = problem.code or 500
        return _error(status, _CODES.get(status, "http_error"), f"{problem.name}.")

    @app.errorhandler(Exception)
    def internal(problem: Exception) -> tuple[Response, int]:
        app.logger.error("%s %s failed", request.method, request.path, exc_info=problem)
        return _error(500, "internal", "Something went wrong here; it has been written down.")

    return app


def _error(status: int, code: str, message: str, **more: str) -> tuple[Response, int]:
    return jsonify({"error": {"code": code, "message": message, **more}}), status
