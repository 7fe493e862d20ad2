"""``autograder collect``: submissions come into the classroom, each with a receipt."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from autograder.classroom.folder import Classroom, is_lesson_name
from autograder.classroom.handed_in import Gathered, HandedIn, gather
from autograder.classroom.identify import UnknownStudent, is_named_for, student_id, student_of, without_wrapper
from autograder.classroom.screen import printable
from autograder.errors import AutograderError


@dataclass(frozen=True)
class Receipt:
    """Proof that a submission came: what, whose and when.

    Attributes:
        student: whose it is.
        lesson: what it was collected for.
        sha256: of the file's bytes.
        time: of the collector's clock, in UTC, ISO 8601.
        file: its name as it was handed over.
        replaces: the first digits of the submission that it replaces, or empty.
    """

    student: str
    lesson: str
    sha256: str
    time: str
    file: str
    replaces: str = ""

    def __str__(self) -> str:
        again = f"  (replaces {self.replaces})" if self.replaces else ""
        return (
            f"{self.student:<24} {self.lesson}  sha256 {self.sha256[:12]}  {self.time}  {printable(self.file)}{again}"
        )


@dataclass(frozen=True)
class Collected:
    """What came of a collection."""

    receipts: tuple[Receipt, ...]
    problems: tuple[str, ...]


def collect(
    classroom: Classroom, lesson: str, given: Sequence[Path], student: str | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Collected:  # fmt: skip
    """Collect submissions of a lesson from files, folders and zips.

    What cannot be taken is told in a sentence and stops nothing else. The time is this machine's: a time that a
    submission claims for itself is not looked at.

    Args:
        classroom: where to.
        lesson: a released lesson.
        given: notebooks, folders or zips.
        student: whose it is, where just one notebook is given.
        clock: tells the time.

    Raises:
        AutograderError: if the lesson is not released, or something given cannot be read at all.
    """
    lesson = classroom.lesson(lesson)
    chosen, problems = assign([gather(path) for path in given], lesson, student)
    apart, clashes = _apart(classroom, chosen)
    moment = clock().astimezone(UTC).replace(microsecond=0)
    receipts = [_store(classroom, lesson, who, item, moment) for who, item in apart.items()]
    return Collected(tuple(receipts), (*problems, *clashes))


def _apart(classroom: Classroom, chosen: dict[str, HandedIn]) -> tuple[dict[str, HandedIn], list[str]]:
    """Without students whose name is another's but for capital letters: on many disks they would share a folder."""
    known = {path.name.casefold(): path.name for path in (classroom.root / "submitted").glob("*") if path.is_dir()}
    spellings: dict[str, list[str]] = {}
    for who in chosen:
        spellings.setdefault(who.casefold(), []).append(who)
    apart, problems = dict(chosen), []
    for folded, names in spellings.items():
        right = known.get(folded, names[0] if len(names) == 1 else "")
        for who in names:
            if who != right:
                others = ", ".join(name for name in dict.fromkeys([*names, known.get(folded, who)]) if name != who)
                problems.append(f"{who}: this name differs from {others} in capital letters only: give the right one.")
                del apart[who]
    return apart, problems


def assign(
    gathered: Sequence[Gathered], lesson: str, student: str | None = None
) -> tuple[dict[str, HandedIn], list[str]]:
    """Tell whose each notebook is; returns ``{student: notebook}`` and a sentence for each that has no place.

    Raises:
        AutograderError: if ``student`` is given for more than one notebook.
    """
    problems = [problem for part in gathered for problem in part.problems]
    by_student: dict[str, list[HandedIn]] = {}
    if student is not None:
        items = [item for part in gathered for item in part.notebooks]
        if len(items) != 1:
            raise AutograderError(f"--student names one student, and {len(items)} notebooks were given: give one.")
        return {student_id(student): items[0]}, problems
    for part in gathered:
        named = [item for item in part.notebooks if item.named]
        inner = [item for item in part.notebooks if not item.named]
        located = [(item, item.path) for item in named]
        located += list(zip(inner, without_wrapper([item.path for item in inner], lesson), strict=True))
        for item, path in located:
            try:
                who = student_of(path, lesson, name_first=item.named)
            except UnknownStudent as error:
                problems.append(f"{printable(str(item.path))}: {error}")
                continue
            by_student.setdefault(who, []).append(item)
        problems += [f"{printable(name)}: this folder holds no notebook (.ipynb)." for name in part.folders_without]
    chosen: dict[str, HandedIn] = {}
    for who, items in sorted(by_student.items()):
        best = _best(items, lesson)
        if best is not None:
            chosen[who] = best
        elif any(not _is_of_another_lesson(item.path, lesson) for item in items):
            names = ", ".join(printable(name, 100) for name in sorted(str(item.path) for item in items)[:5])
            problems.append(
                f"{who}: {len(items)} notebooks ({names}), and it cannot be told which is {lesson}: give the one."
            )
        else:
            problems.append(f"{who}: no notebook of {lesson}, only of other lessons.")
    return chosen, problems


def _is_of_another_lesson(path: PurePosixPath, lesson: str) -> bool:
    return is_lesson_name(path.stem) and path.stem != lesson


def _best(items: Sequence[HandedIn], lesson: str) -> HandedIn | None:
    """The notebook that is the lesson's: named exactly so, else named for it, else the only one of no other lesson."""
    others = [item for item in items if not _is_of_another_lesson(item.path, lesson)]
    for group in (
        [item for item in others if item.path.stem == lesson],
        [item for item in others if is_named_for(item.path, lesson)],
        others,
    ):
        if len({item.data for item in group}) == 1:
            return group[0]
        if group:
            return None
    return None


def _store(classroom: Classroom, lesson: str, student: str, item: HandedIn, moment: datetime) -> Receipt:
    digest = hashlib.sha256(item.data).hexdigest()
    folder = classroom.submitted(student, lesson)
    target = folder / f"{lesson}.ipynb"
    before = hashlib.sha256(target.read_bytes()).hexdigest()[:12] if target.is_file() else ""
    original = classroom.received(lesson) / student / f"{moment:%Y%m%dT%H%M%SZ}-{digest[:12]}.ipynb"
    try:
        original.parent.mkdir(parents=True, exist_ok=True)
        if not original.exists():
            original.write_bytes(item.data)
            original.chmod(0o444)
        folder.mkdir(parents=True, exist_ok=True)
        fresh = target.with_suffix(".new")
        fresh.write_bytes(item.data)
        os.replace(fresh, target)
        (folder / "timestamp.txt").write_text(f"{moment:%Y-%m-%d %H:%M:%S} UTC\n", encoding="utf-8")
        receipt = Receipt(student, lesson, digest, f"{moment:%Y-%m-%dT%H:%M:%SZ}", printable(str(item.path)), before)
        with (classroom.root / "received" / "receipts.jsonl").open("a", encoding="utf-8") as receipts:
            receipts.write(json.dumps(asdict(receipt), ensure_ascii=False) + "\n")
    except OSError as error:
        raise AutograderError(
            f"{student}'s submission cannot be written to {classroom.root}: {error.strerror}."
        ) from error
    return receipt
