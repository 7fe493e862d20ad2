"""The graders that the arena can be opened with: the engine, and our preprocessors inside nbgrader."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

from autograder.classroom.intake import Intake, take_in
from autograder.classroom.records import VERDICTS, read_record, uniform
from course.checking.verdict import Verdict
from tests.attacks.harness import Graded
from tests.attacks.lesson import NAME, POINTS

if TYPE_CHECKING:
    from autograder.engine import Engine, Limits
    from tests.attacks.harness import Arena


#: An honest submission may take this long before the limits grow with it.
_HONEST_SECONDS = 0.4
#: How far they grow: an attack that runs into them takes as long.
_MOST = 5.0


def _waiting() -> float:
    """How many times longer a loop lasts than it computes: 1 where a processor is free, 3 where three share one."""
    started, computed = time.perf_counter(), time.process_time()
    while time.process_time() - computed < 0.1:
        pass
    return (time.perf_counter() - started) / 0.1


def low_limits(stretch: float = 1.0) -> Limits:
    """The limits under attack: low, so that running into them costs little.

    Args:
        stretch: how many times longer everything may take, on a machine that is slow or busy just now.
    """
    from autograder.engine import Limits
    from autograder.sandbox import Limits as BoxLimits

    box = BoxLimits(
        wall_seconds=14 * stretch, cpu_seconds=ceil(14 * stretch), memory_bytes=3 << 29, threads=64, open_files=256,
        file_bytes=16 << 20, disk_bytes=16 << 20, disk_files=500,
    )  # fmt: skip
    return Limits(
        cell=4.0 * stretch, notebook=10.0 * stretch, after_timeout=1.0 * stretch, grace=0.5 * stretch, restarts=2,
        box=box, cell_output=200_000, cell_lines=2_000, line=5_000, output=2_000_000, message=8_000_000,
    )  # fmt: skip


class EngineGrader:
    """Intake and engine, as ``autograder grade`` puts them together."""

    def __init__(self, arena: Arena, engine: Engine) -> None:
        self.arena = arena
        self.engine = engine
        self.stretch = 1.0

    def steady(self) -> float:
        """Fit the limits to the machine as it is now; returns how many times longer everything may take."""
        waiting = _waiting()
        honest = self.grade({"steady": self.arena.honest("right").to_bytes()})["steady"]
        # What lasts for seconds meets more of the others than the moment in which this is measured.
        self.stretch = min(max(1.0, 1.5 * waiting - 0.5, honest.seconds / _HONEST_SECONDS), _MOST)
        self.engine.limits = low_limits(self.stretch)
        return self.stretch

    def grade(self, submissions: Mapping[str, bytes]) -> dict[str, Graded]:
        """Grade a batch."""
        from autograder.engine import job_of

        skeleton = self.arena.skeleton
        keys = {name: replace(key, time_limit=key.time_limit * self.stretch) for name, key in self.arena.keys.items()}
        graded, jobs = {}, []
        for student, data in submissions.items():
            started = time.monotonic()
            intake = take_in(data, skeleton)
            if intake.malformed or intake.failure:
                graded[student] = _not_run(intake, time.monotonic() - started)
            else:
                jobs.append(job_of(student, intake, skeleton, keys))
        for result in self.engine.run(iter(jobs)):
            seconds = result.timings.get("total", sum(result.timings.values()))
            graded[result.student] = Graded(result.verdicts, result.notebook, result.notes, seconds, result.layers)
        return {student: graded[student] for student in submissions if student in graded}


def _not_run(intake: Intake, seconds: float) -> Graded:
    status, sentence = ("malformed", intake.malformed) if intake.malformed else ("grader_error", intake.failure)
    verdicts: dict[str, Verdict] = {v.exercise: v for v in uniform(POINTS, status, sentence)}
    notes = (*intake.notes, *([f"Grader error: {intake.failure}"] if intake.failure else []))
    return Graded(verdicts, intake.notebook, notes, seconds)


@contextmanager
def open_grader(arena: Arena, kind: str = "engine", workers: int = 2) -> Iterator[EngineGrader | ClassGrader]:
    """A grader that is ready.

    Args:
        arena: whose surroundings and lesson it has.
        kind: ``"engine"``, or ``"nbgrader"`` for ``autograder grade --engine nbgrader``.
        workers: how many submissions at once.
    """
    if kind == "nbgrader":
        grader = ClassGrader(arena)
        try:
            yield grader
        finally:
            shutil.rmtree(grader.root)
        return
    from autograder.engine import Engine

    with Engine(workers=workers, limits=low_limits()) as engine:
        yield EngineGrader(arena, engine)


class ClassGrader:
    """A class that is collected and graded by nbgrader with our intake and our judge: seconds a submission."""

    def __init__(self, arena: Arena) -> None:
        from autograder.classroom.folder import Classroom
        from autograder.classroom.release import release

        # Beside the surroundings that are watched: grading into a classroom changes it.
        self.root = arena.paths.root.with_name(arena.paths.root.name + "-class")
        self.classroom = Classroom(self.root)
        release(self.classroom, NAME, arena.content)
        local = "c = get_config()\nc.JudgedExecute.timeout = 4\nc.JudgedExecute.memory_limit = 2048\n"
        (self.root / "nbgrader_local.py").write_text(local)

    def steady(self) -> float:
        """Its limits are those of its settings."""
        return 1.0

    def grade(self, submissions: Mapping[str, bytes]) -> dict[str, Graded]:
        """Grade a batch."""
        from autograder.classroom.collect import collect
        from autograder.classroom.grade import grade

        handed_in = self.root / "handed-in"
        handed_in.mkdir(exist_ok=True)
        graded = {}
        for student, data in submissions.items():
            path = handed_in / f"{student}.ipynb"
            path.write_bytes(data)
            collect(self.classroom, NAME, [path], student)
            started = time.monotonic()
            grade(self.classroom, NAME, [student])
            graded[student] = read_graded(self.classroom.autograded(student, NAME), time.monotonic() - started)
        return graded


def read_graded(folder: Path, seconds: float = 0.0) -> Graded:
    """What a grader left in the folder of an autograded submission."""
    record = read_record(folder / VERDICTS)
    notebook = nbformat.from_dict(json.loads((folder / f"{NAME}.ipynb").read_text(encoding="utf-8")))
    return Graded({v.exercise: v for v in record.verdicts}, notebook, record.notes, seconds)
