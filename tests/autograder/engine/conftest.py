"""The tiny lesson of the classroom's tests, graded by a real engine: real forks in a real sandbox."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from autograder.classroom.folder import Content
from autograder.classroom.intake import take_in
from autograder.classroom.skeleton import Skeleton, read_skeleton
from autograder.engine import Engine, Job, Limits, Result, job_of
from course.checking.key import Key, read_key
from tests.autograder.classroom.tiny import CELLS, RIGHT, TINY, as_bytes, filled_in, read_json, write_content

Grade = Callable[..., Result]


@pytest.fixture(scope="session")
def tiny_content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """A checkout with the tiny lesson built."""
    return write_content(tmp_path_factory.mktemp("checkout"), CELLS)


@pytest.fixture(scope="session")
def tiny_skeleton(tiny_content: Content) -> Skeleton:
    """The tiny lesson's skeleton."""
    return read_skeleton(tiny_content.release(TINY))


@pytest.fixture(scope="session")
def hidden_keys(tiny_content: Content) -> dict[str, Key]:
    """The tiny lesson's hidden keys."""
    return {path.stem: read_key(path) for path in tiny_content.keys(TINY).glob("*.json")}


@pytest.fixture
def blank(tiny_content: Content) -> dict[str, Any]:
    """The release as JSON, to be changed."""
    return read_json(tiny_content.release(TINY))


@pytest.fixture
def filled(blank: dict[str, Any]) -> Callable[..., dict[str, Any]]:
    """Makes a submission: the release with answers, right ones where nothing else is said."""
    return lambda **answers: filled_in(blank, {**RIGHT, **answers})


@pytest.fixture
def job(tiny_skeleton: Skeleton, hidden_keys: dict[str, Key]) -> Callable[..., Job]:
    """Makes a job of a notebook, given as JSON or as bytes."""

    def make(notebook: dict[str, Any] | bytes, student: str = "alice") -> Job:
        data = notebook if isinstance(notebook, bytes) else as_bytes(notebook)
        return job_of(student, take_in(data, tiny_skeleton), tiny_skeleton, hidden_keys)

    return make


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """An engine with short limits, shared by all tests."""
    limits = Limits(cell=4, grace=0.5, after_timeout=2, notebook=60)
    with Engine(workers=2, limits=limits) as running:
        yield running


@pytest.fixture
def grade(engine: Engine, job: Callable[..., Job]) -> Grade:
    """Grades a notebook."""
    return lambda notebook: engine.grade(job(notebook))
