"""The same work on every lesson: in order, in other processes, and with the first failure coming through."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder.errors import AutograderError
from autograder.places import load_contract
from autograder.spread import spread


def test_one_job_stays_in_this_process() -> None:
    assert list(spread(lambda name: (name, os.getpid()), ["a", "b"], 1)) == [("a", os.getpid()), ("b", os.getpid())]


def test_several_come_in_order() -> None:
    names = ["/tmp/b", "/tmp/a", "/tmp/c"]
    assert list(spread(Path, names, 2)) == [Path(name) for name in names]


def test_a_failure_comes_through_as_it_is() -> None:
    found = spread(load_contract, ["05_attention", "77_missing", "05_attention"], 2)
    assert next(found).name == "05_attention"
    with pytest.raises(AutograderError):
        next(found)
