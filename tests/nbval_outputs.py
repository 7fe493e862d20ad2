"""A pytest plugin: writes down what nbval's cells showed, so that one run of a notebook serves two comparisons.

nbval passes over pictures and does not mind more than it must; the build compares to the byte. Loaded by ``-p
tests.nbval_outputs`` with the file's name in ``NBVAL_OUTPUTS``: ``[[outputs of a code cell], …]``, in order.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

_shown: list[Any] = []


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Keep a cell's outputs."""
    _shown.append(getattr(item, "test_outputs", None) or [])


def pytest_sessionfinish() -> None:
    """Write them."""
    Path(os.environ["NBVAL_OUTPUTS"]).write_text(json.dumps(_shown), encoding="utf-8")
