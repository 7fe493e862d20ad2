"""The tiny lesson, a class that handed it in, and a cluster of two workers that all tests of a module share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from autograder.classroom.folder import Classroom, Content
from autograder.classroom.intake import take_in
from autograder.classroom.skeleton import read_skeleton
from autograder.cluster.parcels import Lesson
from autograder.engine import Job
from autograder.engine.model import release_sources
from course.checking.key import read_key
from tests.autograder.classroom import drill
from tests.autograder.classroom.tiny import CELLS, RIGHT, TINY, as_bytes, filled_in, read_json, write_content
from tests.autograder.cluster.loopback import Loopback, loopback

Submission = Callable[..., Job]


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """A checkout with the tiny lesson built."""
    return write_content(tmp_path_factory.mktemp("checkout"), CELLS)


@pytest.fixture(scope="session")
def lesson(content: Content) -> Lesson:
    """What its submissions have in common."""
    keys = {path.stem: read_key(path) for path in sorted(content.keys(TINY).glob("*.json"))}
    return Lesson(TINY, keys, release_sources(read_skeleton(content.release(TINY))))


@pytest.fixture(scope="session")
def submission(content: Content, lesson: Lesson) -> Submission:
    """Makes a job: the release with answers, right ones where nothing else is said, or other bytes."""
    skeleton = read_skeleton(content.release(TINY))
    blank = read_json(content.release(TINY))

    def make(student: str = "alice", data: bytes | None = None, files: Any = None, **answers: str) -> Job:
        taken = take_in(as_bytes(filled_in(blank, {**RIGHT, **answers})) if data is None else data, skeleton)
        taken.notebook.metadata.setdefault("course", {})["intake"] = taken.record()
        beside = {**(files or {}), **lesson.files}
        return Job(student, TINY, taken.notebook, lesson.keys, lesson.sources, beside)

    return make


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Classroom:
    """A class of twenty-four, collected, with a file of the lesson and one that a learner handed in with it."""
    room = drill.make_class(tmp_path_factory.mktemp("class"), 24)
    (room.source(TINY).parent / "numbers.txt").write_text("seventy-one")
    (room.submitted("s0003", TINY) / "notes.txt").write_text("of her own")
    return room


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loopback]:
    """A scheduler and two workers."""
    folder = tmp_path_factory.mktemp("dask")
    for place in (folder, *folder.parents[:2]):
        place.chmod(0o755)
    with loopback(folder / "cluster") as running:
        yield running
