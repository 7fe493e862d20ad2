"""``python -m autograder``."""

from __future__ import annotations

from autograder.cli import run

run()
