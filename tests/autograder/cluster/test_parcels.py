"""What crosses the wire comes out as it went in, and says nothing of whose it is."""

from __future__ import annotations

import dataclasses
import json
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.cluster.parcels import (
    Failed,
    Lesson,
    Refused,
    digest_of,
    job_of_order,
    pack_failure,
    pack_job,
    pack_lesson,
    pack_refusal,
    pack_result,
    settings_of,
    settings_text,
    unpack_lesson,
    unpack_order,
    unpack_result,
)
from autograder.engine import Limits, Policy, Result
from autograder.sandbox.spec import Limits as BoxLimits
from course.checking.verdict import CaseResult, Verdict
from tests.autograder.cluster.conftest import Submission


@pytest.fixture
def with_files(lesson: Lesson, tmp_path: Path) -> Lesson:
    (tmp_path / "numbers.bin").write_bytes(bytes(range(256)))
    return replace(lesson, files={"data/numbers.bin": tmp_path / "numbers.bin"})


def packed(job: Any, lesson: Lesson, grader: str = "g", settings: str = "{}") -> Any:
    return pack_job(job, lesson, pack_lesson(lesson).digest, grader, settings)


def test_a_lesson_comes_out_as_it_went_in(with_files: Lesson, tmp_path: Path) -> None:
    parcel = pack_lesson(with_files)
    assert parcel.digest == digest_of(parcel.data)
    came = unpack_lesson(parcel.data, tmp_path / "there")
    assert (came.name, came.sources) == (with_files.name, with_files.sources)
    assert {name: key.to_text() for name, key in came.keys.items()} == {
        name: key.to_text() for name, key in with_files.keys.items()
    }
    assert came.keys == with_files.keys
    assert came.files["data/numbers.bin"] == tmp_path / "there" / "data" / "numbers.bin"
    assert came.files["data/numbers.bin"].read_bytes() == bytes(range(256))


def test_a_job_comes_out_as_it_went_in(with_files: Lesson, submission: Submission, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("her own")
    job = submission("alice", double="def double(x):\n    return 'ü' * x")
    job = replace(job, files={"notes.txt": tmp_path / "notes.txt", **with_files.files})
    parcel = packed(job, with_files)
    order = unpack_order(parcel.data)
    assert order.files.keys() == {"notes.txt"}, "the lesson's own files went with the lesson"
    came = job_of_order(order, with_files, tmp_path / "there")
    assert isinstance(came.notebook.cells[0], nbformat.NotebookNode)
    assert came.notebook == job.notebook
    assert (came.lesson, came.keys, came.release_sources) == (job.lesson, job.keys, job.release_sources)
    assert {name: path.read_bytes() for name, path in came.files.items()} == {
        "notes.txt": b"her own", "data/numbers.bin": bytes(range(256)),
    }  # fmt: skip


def test_a_job_is_known_by_its_content_and_not_by_its_owner(
    lesson: Lesson, submission: Submission, tmp_path: Path
) -> None:
    parcel = packed(submission("alice"), lesson)
    assert b"alice" not in zlib.decompress(parcel.data)
    assert packed(submission("bob"), lesson) == parcel
    (tmp_path / "notes.txt").write_text("x")
    others = [
        packed(submission("alice", double="def double(x):\n    return x + x"), lesson),
        packed(submission("alice", files={"notes.txt": tmp_path / "notes.txt"}), lesson),
        packed(submission("alice"), replace(lesson, sources=frozenset())),
        packed(submission("alice"), lesson, grader="another"),
        packed(submission("alice"), lesson, settings=settings_text(Limits(cell=1), Policy())),
    ]
    assert len({parcel.digest, *(other.digest for other in others)}) == 6


@pytest.mark.parametrize("name", ["../left.txt", "/etc/left.txt", "a/../../left.txt", ""])
def test_no_file_leaves_its_folder(lesson: Lesson, submission: Submission, tmp_path: Path, name: str) -> None:
    order = unpack_order(packed(submission(), lesson).data)
    (tmp_path / "in").mkdir()
    with pytest.raises(ValueError, match="leaves the folder"):
        job_of_order(dataclasses.replace(order, files={name: "eA=="}), lesson, tmp_path / "in")
    assert [path.name for path in tmp_path.rglob("*")] == ["in"]


def test_a_result_comes_out_as_it_went_in(submission: Submission) -> None:
    tensor = {"$": "tensor", "dtype": "float32", "shape": [2], "data": "AACAPwAAAEA="}
    cases = (CaseResult("one", False, False, "différent", float("inf"), tensor, True), CaseResult("two", True, True))
    verdict = Verdict("double", 0.5, 2.0, "partial", "Nearly.", "Look.", "squared", cases)
    job = submission("alice")
    told = Result("", job.lesson, {"double": verdict}, job.notebook, ("a note",), ("landlock",), {"cells": 0.25})
    came = unpack_result(pack_result(told), job)
    assert came == replace(told, student="alice")
    assert isinstance(came.notebook, nbformat.NotebookNode)


def test_what_comes_instead_of_a_result_is_told_apart(submission: Submission) -> None:
    with pytest.raises(Refused, match="no sandbox"):
        unpack_result(pack_refusal("no sandbox"), submission())
    with pytest.raises(Failed, match="OSError"):
        unpack_result(pack_failure("OSError: disk full"), submission())


def test_settings_come_out_as_they_went_in() -> None:
    limits = Limits(cell=3.5, box=BoxLimits(memory_bytes=7))
    policy = Policy(frozenset({"user", "landlock"}), run_everything=True)
    assert settings_of(settings_text(limits, policy)) == (limits, policy)
    assert settings_of(settings_text(Limits(), Policy())) == (Limits(), Policy())
    assert json.loads(settings_text(limits, policy))["policy"]["accept_risk"] == ["landlock", "user"]
