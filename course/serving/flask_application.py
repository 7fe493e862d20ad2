"""The same routes with Flask: a function a route, threads instead of an event loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.serving.application import Limits
from course.serving.predictor import Classifier

if TYPE_CHECKING:
    from flask import Flask


def create_flask_app(classifier: Classifier, *, limits: Limits | None = None) -> Flask:
    """``POST /classify``, ``GET /health`` and ``GET /ready`` as in :mod:`course.serving.application`, errors included."""
    raise NotImplementedError
