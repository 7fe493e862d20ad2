"""What goes into the engine and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from autograder.classroom.intake import Intake
from autograder.classroom.names import normalised
from autograder.classroom.skeleton import Skeleton
from autograder.sandbox.spec import GIB
from autograder.sandbox.spec import Limits as BoxLimits
from course.checking.key import Key
from course.checking.verdict import Verdict


@dataclass(frozen=True)
class Limits:
    """What one submission may use.

    Attributes:
        cell: seconds for one cell.
        notebook: seconds for all cells together.
        after_timeout: seconds for a cell, once one cell has run into its limit.
        grace: seconds that an interrupted cell has to end.
        start: seconds that the warm process has to bring up a child.
        restarts: how often a notebook whose process ended is run again without the cell that ended it.
        box: memory, disk, threads and descriptors.
        cell_output: bytes of output that one cell keeps.
        cell_lines: lines of text that one cell keeps.
        line: characters of a line of text that are kept.
        output: bytes of output that a notebook keeps.
        message: bytes of one message from a child.
    """

    cell: float = 60.0
    notebook: float = 600.0
    after_timeout: float = 20.0
    grace: float = 2.0
    start: float = 60.0
    restarts: int = 4
    box: BoxLimits = field(default_factory=lambda: BoxLimits(wall_seconds=900, cpu_seconds=900, memory_bytes=4 * GIB))
    cell_output: int = 2_000_000
    cell_lines: int = 5_000
    line: int = 20_000
    output: int = 20_000_000
    message: int = 64_000_000


@dataclass(frozen=True)
class Policy:
    """How submissions are run.

    Attributes:
        accept_risk: names of sandbox layers that may be missing on this machine.
        run_everything: run the demonstration cells of the release, too.
    """

    accept_risk: frozenset[str] = frozenset()
    run_everything: bool = False


@dataclass(frozen=True)
class Job:
    """One submission to grade.

    Attributes:
        student: whose it is.
        lesson: of which lesson.
        notebook: what :func:`autograder.classroom.intake.take_in` made of it; the engine fills it with outputs.
        keys: the hidden keys of its exercises.
        release_sources: the sources of the release's code cells, as :func:`autograder.classroom.names.normalised` has
            them.
        files: ``{relative path: file}`` of what lies in the folder in which the notebook runs; it gets copies.
    """

    student: str
    lesson: str
    notebook: NotebookNode
    keys: Mapping[str, Key]
    release_sources: frozenset[str] = frozenset()
    files: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """What came of a job.

    Attributes:
        student: whose it is.
        lesson: of which lesson.
        verdicts: ``{exercise: verdict}``, in the notebook's order.
        notebook: the job's notebook with outputs and verdicts.
        notes: repairs and troubles, one sentence each; those of the grader itself begin with ``Grader error``.
        layers: the layers of the sandbox that were active.
        timings: seconds, by what they were spent on.
    """

    student: str
    lesson: str
    verdicts: Mapping[str, Verdict]
    notebook: NotebookNode
    notes: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    timings: Mapping[str, float] = field(default_factory=dict)

    @property
    def score(self) -> float:
        """The points earned."""
        return sum(float(verdict.points) for verdict in self.verdicts.values())


def release_sources(skeleton: Skeleton) -> frozenset[str]:
    """The sources of a release's code cells."""
    return frozenset(normalised(cell.source) for cell in skeleton.notebook.cells if cell.cell_type == "code")


def job_of(student: str, intake: Intake, skeleton: Skeleton, keys: Mapping[str, Key]) -> Job:
    """The job of a submission that has been through the intake."""
    intake.notebook.metadata.setdefault("course", {})["intake"] = intake.record()
    return Job(student, skeleton.lesson, intake.notebook, keys, release_sources(skeleton))
