"""Results of jobs that no worker could run to their end."""

from __future__ import annotations

from collections.abc import Iterable

from autograder.classroom.outcome import Outcome, verdict_without_judge
from autograder.classroom.records import failed
from autograder.engine.model import Job, Result
from autograder.engine.present import exercises_of, show
from course.checking.verdict import Verdict

_ENDS_WORKERS = "the worker that ran it ended, again and again, and nothing else ran there."


def ended_workers(job: Job) -> Result:
    """The result of a submission beneath which workers end."""
    lost = Outcome("not run", "crash", _ENDS_WORKERS)
    points = exercises_of(job.notebook)
    return _result(job, (verdict_without_judge(name, worth, lost, lost) for name, worth in points.items()))


def fault(job: Job, reason: str) -> Result:
    """The result of a submission on which the grader failed; the reason goes to the instructor."""
    record = failed(job.student, job.lesson, exercises_of(job.notebook), reason)
    return _result(job, record.verdicts, f"Grader error: {reason}")


def _result(job: Job, verdicts: Iterable[Verdict], *notes: str) -> Result:
    told = (*job.notebook.metadata.get("course", {}).get("intake", {}).get("notes", ()), *notes)
    by_name = {verdict.exercise: verdict for verdict in verdicts}
    for cell in job.notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    show(job.notebook, by_name, told, {})
    return Result(job.student, job.lesson, by_name, job.notebook, told)
