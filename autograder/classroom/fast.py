"""``autograder grade`` on the engine: jobs and results stream through, and what is done is saved as it comes."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, overload

from autograder.classroom.folder import Classroom, Content
from autograder.classroom.intake import Intake, take_in
from autograder.classroom.interrupts import Interrupts
from autograder.classroom.ledger import files_digest, grader_version, job_key
from autograder.classroom.records import VERDICTS, Record, read_record
from autograder.classroom.skeleton import Skeleton, basis_of, read_skeleton
from autograder.errors import AutograderError
from course.checking.key import Key, read_key

if TYPE_CHECKING:
    from autograder.classroom.autograded import Shelf
    from autograder.classroom.gradebook import Entry
    from autograder.classroom.office import Office, Opening
    from autograder.cluster import Cluster
    from autograder.engine import Job, Limits, Result
    from autograder.engine.warmth import WarmProcess

Progress = Callable[[Record, bool], None]
#: Results are committed when there are so many, or the oldest has waited so long.
BATCH, SECONDS = 32, 1.0


class Runner(Protocol):
    """What runs jobs: the engine on this machine, or a cluster of machines that have it."""

    def __enter__(self) -> Runner: ...
    def __exit__(self, kind: None, error: None, trace: None) -> None: ...
    def run(self, jobs: Iterable[Job]) -> Iterator[Result]:
        """Grade jobs and give each result as it comes, in no order; a job is taken when there is room for it."""
        ...


def cores() -> int:
    """How many submissions are graded at once if nobody says."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class Material:
    """What the submissions of a lesson are graded with.

    Attributes:
        skeleton: the release.
        keys: ``{exercise: hidden key}``.
        basis: fingerprint of the keys.
        release: fingerprint of the release and of the files that go with it.
        sources: sources of the release's code cells.
        files: ``{relative path: file}`` of what goes with the lesson.
    """

    skeleton: Skeleton
    keys: Mapping[str, Key]
    basis: str
    release: str
    sources: frozenset[str]
    files: Mapping[str, Path]

    @classmethod
    def read(
        cls, release: Path, keys: Path, older: Sequence[Path] = (), files: Mapping[str, Path] | None = None
    ) -> Material:
        """Read them."""
        from autograder.engine.model import release_sources

        skeleton = read_skeleton(release, tuple(older))
        hidden = {path.stem: read_key(path) for path in sorted(keys.glob("*.json"))}
        files = files or {}
        parts = {"release": release, **{f"older/{path.name}": path for path in older}}
        parts |= {f"files/{name}": path for name, path in files.items()}
        return cls(skeleton, hidden, basis_of(keys), files_digest(parts), release_sources(skeleton), files)

    @classmethod
    def of_classroom(cls, classroom: Classroom, lesson: str) -> Material:
        """What a classroom has released."""
        older = sorted(classroom.older_releases(lesson).glob("*.ipynb"))
        files = _files_in(classroom.source(lesson).parent)
        return cls.read(classroom.release(lesson), classroom.keys(lesson), older, files)

    def key(self, submission: bytes) -> str:
        """The ledger's key of a submission."""
        return job_key(submission, self.release, self.basis, grader_version())

    def job(self, student: str, intake: Intake, beside: Mapping[str, Path] | None = None) -> Job:
        """The job of a submission that has been through the intake, and of the files that lay beside it."""
        from autograder.engine import Job

        intake.notebook.metadata.setdefault("course", {})["intake"] = intake.record()
        files = {**(beside or {}), **self.files}
        return Job(student, self.skeleton.lesson, intake.notebook, self.keys, self.sources, files)


class Graded(Sequence[Record]):
    """The records of a class, read from the disk as they are asked for: a class of any size takes no memory.

    Attributes:
        students: whose they are, in this order.
        fresh: how many were graded just now.
        timings: seconds, by what they were spent on, over all that were graded just now.
    """

    def __init__(self, classroom: Classroom, lesson: str, students: Sequence[str]) -> None:
        self._classroom, self._lesson, self.students = classroom, lesson, list(students)
        self.fresh = 0
        self.timings: dict[str, float] = {}

    def __len__(self) -> int:
        return len(self.students)

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> list[Record]: ...
    def __getitem__(self, index: int | slice) -> Record | list[Record]:
        if isinstance(index, slice):
            return [self._read(student) for student in self.students[index]]
        return self._read(self.students[index])

    def _read(self, student: str) -> Record:
        return read_record(self._classroom.autograded(student, self._lesson) / VERDICTS)

    def spent(self, timings: Mapping[str, float]) -> None:
        """Add seconds."""
        for name, seconds in timings.items():
            self.timings[name] = self.timings.get(name, 0.0) + seconds


@dataclass(frozen=True)
class _Given:
    """A submission as it was read for its job: what is saved must fit what was run."""

    key: str
    timestamp: str | None


class _Run:
    """One run over a class."""

    def __init__(
        self, classroom: Classroom, lesson: str, students: Sequence[str], again: bool, material: Material,
        opening: Opening, work: Path, progress: Progress,
    ) -> None:  # fmt: skip
        self._classroom, self._lesson, self._material = classroom, lesson, material
        self._opening, self._work, self._progress = opening, work, progress
        self.graded = Graded(classroom, lesson, students)
        self._fresh, self._maybe = self._sorted_out(students, again)
        self._given: dict[str, _Given] = {}
        self._unchanged: deque[str] = deque()
        self._pending: list[Entry] = []
        self._since = 0.0
        self._desk: tuple[Office, Shelf] | None = None

    # Jobs; taken from the engine's threads, one at a time

    def _sorted_out(self, students: Sequence[str], again: bool) -> tuple[list[str], list[str]]:
        """Those that need grading whatever the ledger says, and the others."""
        fresh: list[str] = []
        maybe: list[str] = []
        for student in students:
            folder = self._classroom.autograded(student, self._lesson)
            handed_in = _text(self._classroom.submitted(student, self._lesson) / "timestamp.txt")
            known = (folder / VERDICTS).is_file() and (folder / f"{self._lesson}.ipynb").is_file()
            current = known and not again and _text(folder / "timestamp.txt") == handed_in
            (maybe if current else fresh).append(student)
        return fresh, maybe

    def jobs(self) -> Iterator[Job]:
        """The jobs of what is to be graded."""
        for student in self._fresh:
            yield self._job(student, *self._read(student))
        if not self._maybe:
            return
        keys = self._opening.get().keys
        for student in self._maybe:
            data, failure = self._read(student)
            if not failure and self._is_current(student, data, keys.get(student)):
                self._unchanged.append(student)
            else:
                yield self._job(student, data, failure)

    def _is_current(self, student: str, data: bytes, key: str | None) -> bool:
        if key is None or key != self._material.key(data):
            return False
        try:
            record = read_record(self._classroom.autograded(student, self._lesson) / VERDICTS)
        except (OSError, ValueError, KeyError, TypeError):
            return False
        return record.key == key and not record.has_grader_error

    def _read(self, student: str) -> tuple[bytes, str]:
        """The bytes of a submission, or why they cannot be read."""
        path = self._classroom.submitted(student, self._lesson) / f"{self._lesson}.ipynb"
        try:
            # A folder without a notebook is a submission like an empty file.
            return path.read_bytes() if path.exists() else b"", ""
        except OSError as error:
            return b"", f"{path} cannot be read: {error.strerror}"

    def _job(self, student: str, data: bytes, failure: str) -> Job:
        started = time.perf_counter()
        timestamp = _text(self._classroom.submitted(student, self._lesson) / "timestamp.txt")
        self._given[student] = _Given("" if failure else self._material.key(data), timestamp)
        skeleton = self._material.skeleton
        intake = Intake(skeleton.copy(), failure=failure) if failure else take_in(data, skeleton)
        folder = self._classroom.submitted(student, self._lesson)
        alone = set(os.listdir(folder)) <= {f"{self._lesson}.ipynb", "timestamp.txt"}
        beside = {} if alone else _files_in(folder)
        job = self._material.job(student, intake, beside)
        self.graded.spent({"intake": time.perf_counter() - started})
        return job

    # Results

    def take(self, result: Result) -> None:
        """Save a result: its folder now, its scores with the next batch."""
        from autograder.engine.present import exercises_of

        office, shelf = self._ready()
        started = time.perf_counter()
        given = self._given.pop(result.student)
        order = exercises_of(result.notebook)
        verdicts = sorted(result.verdicts.values(), key=lambda verdict: list(order).index(verdict.exercise))
        record = Record(
            result.student, self._lesson, tuple(verdicts), tuple(result.notes), self._material.basis,
            tuple(result.layers), given.key,
        )  # fmt: skip
        if record.has_grader_error:
            record = replace(record, key="")
        office.finish(result.notebook)
        further = office.further_files(self._classroom.submitted(result.student, self._lesson), self._lesson)
        shelf.put(record, result.notebook, given.timestamp, further)
        self._since = self._since or time.monotonic()
        self._pending.append(office.entry(result.student, result.notebook, verdicts, given.timestamp, given.key))
        self.graded.spent({**result.timings, "notebook": time.perf_counter() - started})
        if len(self._pending) >= BATCH or time.monotonic() - self._since > SECONDS:
            self.save()
        self.graded.fresh += 1
        self._progress(record, True)
        self.tell_unchanged()

    def _ready(self) -> tuple[Office, Shelf]:
        from autograder.classroom.autograded import Shelf

        if self._desk is None:
            office = self._opening.get()
            # From here on their folders change: a run that is killed must not leave them entered as done.
            office.book.forget(student for student in self._fresh if student in office.keys)
            shelf = Shelf(self._classroom, self._work, office.files.permissions, office.files.group)
            self._desk = (office, shelf)
        return self._desk

    def save(self) -> None:
        """Commit what is pending."""
        if not self._pending:
            return
        started = time.perf_counter()
        self._opening.get().book.write(self._pending)
        self._pending.clear()
        self._since = 0.0
        self.graded.spent({"gradebook": time.perf_counter() - started})

    def tell_unchanged(self) -> None:
        """Report those that needed no grading."""
        while self._unchanged:
            self._progress(self.graded._read(self._unchanged.popleft()), False)


def grade_fast(
    classroom: Classroom, lesson: str, students: Sequence[str], *, again: bool = False, jobs: int | None = None,
    accept_risk: Sequence[str] = (), progress: Progress = lambda record, fresh: None, cluster: Cluster | None = None,
    begun: WarmProcess | None = None,
) -> Graded:  # fmt: skip
    """Grade the submissions of a lesson that are new or changed, on the engine; return the records of all.

    Args:
        classroom: where they were collected.
        lesson: the full name of a released lesson.
        students: whose.
        again: grade also what is graded already.
        jobs: how many at once; as many as there are cores by default.
        accept_risk: layers of the sandbox that this machine may lack.
        progress: is told each record as it comes, and whether it was graded just now.
        cluster: where submissions are run; on this machine if none is given.
        begun: a warm process that is starting already.

    Raises:
        SandboxRefusal: if this machine lacks a layer of the sandbox whose risk is not accepted.
        AutograderError: if the classroom or its settings do not allow it, or the cluster cannot do it.
        KeyboardInterrupt: on Ctrl-C, with a sentence; what was done is saved.
    """
    _require_here(accept_risk, cluster)
    from autograder.classroom.autograded import at_work
    from autograder.classroom.office import Opening

    material = Material.of_classroom(classroom, lesson)
    limits = limits_of(classroom)
    with Interrupts() as interrupts, at_work(classroom) as work:
        opening = Opening(classroom, lesson, material.skeleton)
        try:
            run = _Run(classroom, lesson, students, again, material, opening, work, progress)
            try:
                with _runner(interrupts, jobs, limits, accept_risk, material, cluster, begun) as runner:
                    try:
                        for result in runner.run(run.jobs()):
                            with interrupts.held():
                                run.take(result)
                    finally:
                        with interrupts.held():
                            run.save()
                run.tell_unchanged()
            except KeyboardInterrupt:
                raise KeyboardInterrupt(_stopped(run.graded.fresh)) from None
        finally:
            opening.close()
    return run.graded


def _stopped(count: int) -> str:
    return f"stopped; {count} graded and saved. Run the same command again for the rest."


def _require_here(accept_risk: Sequence[str], cluster: Cluster | None) -> None:
    """Refuse to run submissions on this machine where they cannot be sealed; the workers of a cluster see to it."""
    if cluster is None:
        from autograder.sandbox import require

        require(accept_risk)


@contextmanager
def _runner(
    interrupts: Interrupts, jobs: int | None, limits: Limits, accept_risk: Sequence[str], material: Material,
    cluster: Cluster | None, begun: WarmProcess | None,
) -> Iterator[Runner]:  # fmt: skip
    """What runs the jobs; a Ctrl-C cannot leave it half open or half closed."""
    from autograder.engine import Engine, Policy

    policy = Policy(accept_risk=frozenset(accept_risk))
    runner: Runner
    if cluster is None:
        runner = Engine(jobs or cores(), limits, policy, begun=begun)
        entering: Any = interrupts.held()
    else:
        from autograder.cluster.parcels import Lesson
        from autograder.cluster.runner import DaskRunner

        common = Lesson(material.skeleton.lesson, material.keys, material.sources, material.files)
        runner = DaskRunner(cluster, limits, policy, common)
        # It may take long to find a cluster; an interrupt there leaves nothing open.
        entering = nullcontext()
    with entering:
        runner.__enter__()
    try:
        yield runner
    finally:
        with interrupts.held():
            runner.__exit__(None, None, None)


def grade_loose_fast(
    lesson: str, notebooks: Mapping[str, Path], content: Content, *, jobs: int | None = None,
    accept_risk: Sequence[str] = (), progress: Progress = lambda record, fresh: None, cluster: Cluster | None = None,
    begun: WarmProcess | None = None,
) -> list[Record]:  # fmt: skip
    """Grade notebook files on the engine, with neither classroom nor gradebook.

    Args:
        lesson: the full name of a built lesson.
        notebooks: ``{student: file}``.
        content: where the lesson is built.
        jobs: how many at once.
        accept_risk: layers of the sandbox that this machine may lack.
        progress: is told each record as it comes.
        cluster: where they are run; on this machine if none is given.
        begun: a warm process that is starting already.

    Raises:
        SandboxRefusal: if this machine lacks a layer of the sandbox whose risk is not accepted.
        AutograderError: if the cluster cannot do it.
        KeyboardInterrupt: on Ctrl-C, with a sentence.
    """
    from autograder.engine import Limits

    _require_here(accept_risk, cluster)
    material = Material.read(content.release(lesson), content.keys(lesson))
    records: dict[str, Record] = {}

    def to_do() -> Iterator[Job]:
        for student, path in notebooks.items():
            try:
                intake = take_in(path.read_bytes(), material.skeleton)
            except OSError as error:
                intake = Intake(material.skeleton.copy(), failure=f"{path} cannot be read: {error.strerror}")
            yield material.job(student, intake)

    with Interrupts() as interrupts:
        try:
            with _runner(interrupts, jobs, Limits(), accept_risk, material, cluster, begun) as runner:
                for result in runner.run(to_do()):
                    verdicts, notes = tuple(result.verdicts.values()), tuple(result.notes)
                    record = Record(result.student, lesson, verdicts, notes, material.basis, tuple(result.layers))
                    records[result.student] = record
                    progress(record, True)
        except KeyboardInterrupt:
            raise KeyboardInterrupt("stopped; nothing is written when notebooks are graded by name.") from None
    return [records[student] for student in notebooks if student in records]


#: Settings of the stock path, and the engine's limits that they stand for.
_LIMITS = {
    "timeout": "cell", "notebook_timeout": "notebook", "timeout_after_timeout": "after_timeout",
    "max_restarts": "restarts",
}  # fmt: skip


def limits_of(classroom: Classroom) -> Limits:
    """The engine's limits as the classroom's ``nbgrader_local.py`` sets them for both ways of grading.

    Raises:
        AutograderError: if the settings cannot be read.
    """
    from autograder.engine import Limits

    limits = Limits()
    settings = _local_settings(classroom)
    changes: dict[str, Any] = {ours: settings[name] for name, ours in _LIMITS.items() if settings.get(name) is not None}
    limits = replace(limits, **changes)
    box = limits.box
    if settings.get("memory_limit"):
        box = replace(box, memory_bytes=int(settings["memory_limit"]) * 2**20)
    # Room for the notebook's own time, which ends it with a sentence, before the sandbox's, which just ends it.
    wall = max(int(box.wall_seconds), int(1.5 * limits.notebook))
    return replace(limits, box=replace(box, wall_seconds=wall, cpu_seconds=max(box.cpu_seconds, wall)))


def _local_settings(classroom: Classroom) -> Mapping[str, Any]:
    """The settings of ``JudgedExecute``; read without nbgrader, which would have to be waited for."""
    from traitlets.config import PyFileConfigLoader

    path = classroom.root / "nbgrader_local.py"
    if not path.is_file():
        return {}
    try:
        config = PyFileConfigLoader(path.name, path=str(classroom.root)).load_config()
    except Exception as error:
        raise AutograderError(
            f"The settings in {classroom.root} cannot be read ({type(error).__name__}: {error}): "
            "look at nbgrader_local.py."
        ) from error
    found: Mapping[str, Any] = config.get("JudgedExecute", {})
    return found


def _files_in(folder: Path) -> dict[str, Path]:
    """``{relative path: file}`` of what belongs to a notebook's folder beside the notebook."""
    return {
        str(path.relative_to(folder)): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink() and path.suffix != ".ipynb" and path.name != "timestamp.txt"
    }


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
