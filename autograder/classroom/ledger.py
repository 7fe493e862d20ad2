"""What has been graded with what: the table by which a run tells what is left to do.

It lies in the gradebook's own database and is written in the same transaction as the scores. So a run that is killed
leaves both or neither, and a gradebook that is put back from a copy, or begun anew, brings the ledger that fits it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sqlalchemy import Column, Connection, Engine, MetaData, String, Table, bindparam, delete, insert, select

CODE = Path(__file__).resolve().parents[1]
#: The code that a score depends on, beside what runs the submission itself.
_JUDGING = ("classroom/intake.py", "classroom/judge_server.py", "classroom/names.py", "classroom/outcome.py",
            "classroom/reading.py", "classroom/repair.py", "classroom/skeleton.py")  # fmt: skip
_LIBRARIES = ("torch", "numpy", "transformers", "datasets")

TABLE = Table(
    "llm_from_zero_graded", MetaData(),
    Column("lesson", String(128), primary_key=True),
    Column("student", String(128), primary_key=True),
    Column("key", String(64), nullable=False),
)  # fmt: skip


@cache
def grader_version() -> str:
    """The fingerprint of the grader: of its code, and of the libraries that submissions compute with."""
    files = [*sorted((CODE.parent / "course" / "checking").glob("*.py")), *sorted((CODE / "engine").glob("*.py"))]
    digest = hashlib.sha256()
    for path in [*files, *(CODE / name for name in _JUDGING)]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    for name in _LIBRARIES:
        try:
            digest.update(f"{name}=={version(name)}\0".encode())
        except PackageNotFoundError:
            continue
    return digest.hexdigest()


def files_digest(files: Mapping[str, Path] | Iterable[Path]) -> str:
    """The fingerprint of files, by name and content."""
    named = files if isinstance(files, Mapping) else {path.name: path for path in files}
    digest = hashlib.sha256()
    for name in sorted(named):
        digest.update(name.encode() + b"\0" + hashlib.sha256(named[name].read_bytes()).digest())
    return digest.hexdigest()


def job_key(submission: bytes, release: str, basis: str, grader: str) -> str:
    """What a result depends on, as one number: grading again what has the same key can be saved.

    Args:
        submission: the bytes that were handed in.
        release: fingerprint of the release, and of the files that go with it.
        basis: fingerprint of the hidden keys.
        grader: :func:`grader_version`.
    """
    parts = (hashlib.sha256(submission).hexdigest(), release, basis, grader)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def prepare(engine: Engine) -> None:
    """Make the table where it is missing."""
    TABLE.create(engine, checkfirst=True)


def keys_of(connection: Connection, lesson: str) -> dict[str, str]:
    """``{student: key}`` of everybody who has been graded."""
    rows = connection.execute(select(TABLE.c.student, TABLE.c.key).where(TABLE.c.lesson == lesson))
    return {row.student: row.key for row in rows}


def forget(connection: Connection, lesson: str, students: Iterable[str]) -> None:
    """Strike students out: they are graded by the next run at the latest."""
    rows = [{"s": student} for student in students]
    if rows:
        statement = delete(TABLE).where(TABLE.c.lesson == lesson, TABLE.c.student == bindparam("s"))
        connection.execute(statement, rows)


def remember(connection: Connection, lesson: str, keys: Mapping[str, str]) -> None:
    """Enter ``{student: key}``; an empty key strikes the student out."""
    forget(connection, lesson, keys)
    rows = [{"lesson": lesson, "student": student, "key": key} for student, key in keys.items() if key]
    if rows:
        connection.execute(insert(TABLE), rows)
