"""What crosses the wire: a lesson, a job and a result as bytes, JSON that is compressed and never pickle.

What all submissions of a lesson are graded with is one parcel and is sent once. A job names it by its digest, and holds
neither name nor time: the same work has the same bytes, whoever handed it in.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import nbformat

from autograder.engine.model import Job, Limits, Policy, Result
from autograder.sandbox.spec import Limits as BoxLimits
from course.checking.key import Key
from course.checking.verdict import Verdict

#: Jobs are anonymous on their way.
NOBODY = ""


@dataclass(frozen=True)
class Lesson:
    """What the submissions of a lesson have in common.

    Attributes:
        name: the lesson's.
        keys: ``{exercise: hidden key}``.
        sources: sources of the release's code cells.
        files: ``{relative path: file}`` of what lies where notebooks run.
    """

    name: str
    keys: Mapping[str, Key]
    sources: frozenset[str] = frozenset()
    files: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True)
class Parcel:
    """Bytes to send, and the fingerprint of what is in them."""

    data: bytes
    digest: str


def digest_of(data: bytes) -> str:
    """The fingerprint of a parcel's bytes."""
    return hashlib.sha256(data).hexdigest()


def pack_lesson(lesson: Lesson) -> Parcel:
    """A lesson, with the content of its files."""
    data = _packed({
        "name": lesson.name,
        "keys": {name: key.to_json() for name, key in lesson.keys.items()},
        "sources": sorted(lesson.sources),
        "files": _contents(lesson.files),
    })  # fmt: skip
    return Parcel(data, digest_of(data))


def unpack_lesson(data: bytes, folder: Path) -> Lesson:
    """A lesson, with its files in ``folder``.

    Raises:
        ValueError: if a file's path leaves the folder.
    """
    told = _unpacked(data)
    keys = {name: Key.from_json(key) for name, key in told["keys"].items()}
    return Lesson(told["name"], keys, frozenset(told["sources"]), _laid_out(told["files"], folder))


@dataclass(frozen=True)
class Order:
    """A job on its way.

    Attributes:
        lesson: digest of the lesson's parcel.
        grader: the version of the grader that asks; another one would give other results.
        settings: :func:`settings_text`.
        notebook: as JSON.
        files: ``{relative path: base64}`` of what lay beside the notebook.
    """

    lesson: str
    grader: str
    settings: str
    notebook: Mapping[str, Any]
    files: Mapping[str, str]


def pack_job(job: Job, lesson: Lesson, lesson_digest: str, grader: str, settings: str) -> Parcel:
    """A job; its digest is the same for the same notebook, files, lesson, grader and settings."""
    own = {name: path for name, path in job.files.items() if lesson.files.get(name) != path}
    order = Order(lesson_digest, grader, settings, job.notebook, _contents(own))
    data = _packed(vars(order))
    return Parcel(data, digest_of(data))


def unpack_order(data: bytes) -> Order:
    """An order, whose lesson may not be at hand yet."""
    return Order(**_unpacked(data))


def job_of_order(order: Order, lesson: Lesson, folder: Path) -> Job:
    """The job of an order, with its own files in ``folder``.

    Raises:
        ValueError: if a file's path leaves the folder.
    """
    files = {**lesson.files, **_laid_out(order.files, folder)}
    return Job(NOBODY, lesson.name, nbformat.from_dict(order.notebook), lesson.keys, lesson.sources, files)


def pack_result(result: Result) -> bytes:
    """A result, without whose it is."""
    return _packed({
        "verdicts": [verdict.to_json() for verdict in result.verdicts.values()],
        "notebook": result.notebook,
        "notes": list(result.notes),
        "layers": list(result.layers),
        "timings": dict(result.timings),
    })  # fmt: skip


def pack_refusal(reason: str) -> bytes:
    """That nothing at all can be graded here, and why."""
    return _packed({"refused": reason})


def pack_failure(reason: str) -> bytes:
    """That the grader failed on this job, and why."""
    return _packed({"failed": reason})


class Refused(Exception):
    """A worker can grade nothing; the message is its sentence."""


class Failed(Exception):
    """A worker failed on this job; the message says how."""


def unpack_result(data: bytes, job: Job) -> Result:
    """The result of a job.

    Raises:
        Refused, Failed: if that is what came instead.
    """
    told = _unpacked(data)
    if "refused" in told:
        raise Refused(told["refused"])
    if "failed" in told:
        raise Failed(told["failed"])
    verdicts = {verdict["exercise"]: Verdict.from_json(verdict) for verdict in told["verdicts"]}
    return Result(
        job.student, job.lesson, verdicts, nbformat.from_dict(told["notebook"]), tuple(told["notes"]),
        tuple(told["layers"]), told["timings"],
    )  # fmt: skip


def settings_text(limits: Limits, policy: Policy) -> str:
    """Limits and policy as text, by which a worker also knows which of its engines to use."""
    chosen = {"accept_risk": sorted(policy.accept_risk), "run_everything": policy.run_everything}
    return json.dumps({"limits": dataclasses.asdict(limits), "policy": chosen}, sort_keys=True)


def settings_of(text: str) -> tuple[Limits, Policy]:
    """The limits and the policy in a text of :func:`settings_text`."""
    told = json.loads(text)
    limits, policy = told["limits"], told["policy"]
    return (
        Limits(**{**limits, "box": BoxLimits(**limits["box"])}),
        Policy(frozenset(policy["accept_risk"]), policy["run_everything"]),
    )


def _packed(value: Mapping[str, Any]) -> bytes:
    # A level higher would take longer to compress than a local network takes to carry the difference.
    return zlib.compress(json.dumps(value).encode(), 1)


def _unpacked(data: bytes) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(zlib.decompress(data))
    return value


def _contents(files: Mapping[str, Path]) -> dict[str, str]:
    return {PurePosixPath(*Path(name).parts).as_posix(): base64.b64encode(path.read_bytes()).decode()
            for name, path in sorted(files.items())}  # fmt: skip


def _laid_out(files: Mapping[str, str], folder: Path) -> dict[str, Path]:
    placed = {}
    for name, content in files.items():
        parts = PurePosixPath(name)
        if parts.is_absolute() or ".." in parts.parts or not parts.parts:
            raise ValueError(f"{name!r} leaves the folder of the notebook")
        place = folder / parts
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(base64.b64decode(content))
        placed[name] = place
    return placed
