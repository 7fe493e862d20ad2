"""Grading one submission: from its cells to verdicts.

A process in which an answer was observed on hidden cases knows their inputs, and what it knows it can show: in an
output, in the result of a visible case, in the message of an exception. So nothing that such a process says is shown.
All that the learner gets to read is said before a hidden input comes into the process: cells are run and visible cases
observed first, hidden cases at the very end. Where a later cell may have changed what an answer does (it has more than
definitions), the hidden cases are observed in a second run, at the check, and nothing else of that run is used.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any

from autograder.classroom.judge_server import failure_of_judge
from autograder.classroom.outcome import OK, Outcome, verdict_without_judge
from autograder.classroom.records import uniform
from autograder.engine.attempt import Attempt, Forged
from autograder.engine.model import Job, Limits, Policy, Result
from autograder.engine.passing import Cases, LeftOut, NeedsEverything, Observations, Pass, Walker
from autograder.engine.plan import Plan, Round
from autograder.engine.present import exercises_of, show
from autograder.engine.warmth import WarmLost
from autograder.errors import AutograderError
from course.checking.key import Key
from course.checking.verdict import Verdict

_UNSEEN = "on a case that only the grader knows"


class Grading:
    """Grades one job.

    Args:
        job: what to grade.
        limits: what it may use.
        policy: how it is run.
        questions: gives the inputs of an exercise as JSON.
        judge: gives the verdict on the observations of all cases.
        hidden: ``{text: what stands for it}`` in what the learner reads.
        slot: is held while cells run, so that no more submissions run than may.
    """

    def __init__(
        self, job: Job, limits: Limits, policy: Policy, questions: Callable[[Key, Cases], bytes],
        judge: Callable[[Key, Observations], Verdict], hidden: Mapping[str, str],
        slot: AbstractContextManager[object],
    ) -> None:  # fmt: skip
        self.job, self.limits, self.policy = job, limits, policy
        self._judge_of = judge
        self._questions = questions
        self._hidden = hidden
        self._slot = slot
        self.notebook = job.notebook
        self.points = exercises_of(self.notebook)
        self.intake: Mapping[str, Any] = self.notebook.metadata.get("course", {}).get("intake", {})
        self.notes: list[str] = list(self.intake.get("notes", []))
        self.layers: tuple[str, ...] = ()
        self.timings: dict[str, float] = {}

    def result(self, start: Callable[[frozenset[str]], Attempt]) -> Result:
        """Grade; what goes wrong in the grader itself becomes a verdict that says so, never an exception.

        Args:
            start: makes an attempt, given the modules that the cells import.

        Raises:
            WarmLost: if the warm process ended meanwhile; the job can be tried again.
            AutograderError: if nothing at all can be graded here; the message is a sentence.
        """
        started = time.perf_counter()
        self._clear()
        verdicts: dict[str, Verdict]
        if self.intake.get("malformed"):
            verdicts = {v.exercise: v for v in uniform(self.points, "malformed", self.intake["malformed"])}
        elif self.intake.get("failure"):
            verdicts = self._failed(self.intake["failure"])
        else:
            try:
                verdicts = self._graded(start)
            except (WarmLost, AutograderError):
                raise
            except Exception as error:
                verdicts = self._failed(f"{type(error).__name__}: {error}")
        showing = time.perf_counter()
        try:
            show(self.notebook, verdicts, self.notes, self._hidden)
        except Exception as error:  # whatever a submission printed, its points are safe and the next one is graded
            self._clear()
            self.notes.append(f"Grader error: {type(error).__name__} while showing the outputs: {error}")
            show(self.notebook, verdicts, self.notes, self._hidden)
        self._spent("show", showing)
        self._spent("total", started)
        return self._resulting(verdicts)

    def gave_up(self) -> Result:
        """The result where this submission ended the warm process whenever it ran."""
        self._clear()
        lost = Outcome("not run", "crash", "the Python process had ended or stopped answering too often before.")
        verdicts = {name: verdict_without_judge(name, points, lost, lost) for name, points in self.points.items()}
        show(self.notebook, verdicts, self.notes, self._hidden)
        return self._resulting(verdicts)

    def _resulting(self, verdicts: Mapping[str, Verdict]) -> Result:
        job = self.job
        return Result(
            job.student, job.lesson, verdicts, self.notebook, tuple(self.notes), self.layers, self.timings
        )  # fmt: skip

    def _failed(self, reason: str) -> dict[str, Verdict]:
        """The verdicts where the grader itself failed; the reason goes to the instructor."""
        self._clear()
        self.notes.append(f"Grader error: {reason}")
        sentence = "The grader itself failed on this submission; the instructor has been told."
        return {v.exercise: v for v in uniform(self.points, "grader_error", sentence)}

    def _spent(self, what: str, since: float) -> None:
        self.timings[what] = self.timings.get(what, 0.0) + time.perf_counter() - since

    def _clear(self) -> None:
        for cell in self.notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None

    def _graded(self, start: Callable[[frozenset[str]], Attempt]) -> dict[str, Verdict]:
        missing = [name for name in self.points if name not in self.job.keys]
        if missing:
            return self._failed(f"there is no hidden key of {missing[0]}: run `autograder release {self.job.lesson}`")
        planning = time.perf_counter()
        plan = Plan(
            self.notebook, self.points, self.job.keys, self.job.release_sources,
            everything=self.policy.run_everything,
        )  # fmt: skip
        self._spent("plan", planning)
        self._plan = plan
        self._walker = Walker(self.notebook, plan, self.job.keys, self.limits, start, self._questions, self._slot)
        verdicts: dict[str, Verdict] = {}
        try:
            for one in plan.rounds:
                verdicts.update(self._judged(one))
        except Forged as error:
            sentence = f"Something in the notebook spoke in the checks' place: {error} arrived at the judge."
            verdicts = {v.exercise: v for v in uniform(self.points, "tampered", sentence)}
        finally:
            self.layers = self._walker.layers
        return {name: verdicts.get(name) or self._without_verdict(name) for name in self.points}

    def _without_verdict(self, name: str) -> Verdict:
        return self._tampered(name, self._plan.unbelievable.get(name, "its check is not in the notebook"))

    def _tampered(self, name: str, what: str) -> Verdict:
        sentence = f"Something in the notebook interferes with the check: {what}."
        return Verdict(name, 0.0, self.job.keys[name].points, "tampered", sentence)

    # A round: the cells with the visible cases, the hidden cases behind them or in a second run

    def _judged(self, one: Round) -> dict[str, Verdict]:
        """The verdicts on a round's exercises; its outputs go into the notebook."""
        checks = frozenset(name for name, index in self._plan.checks.items() if index in one.run)
        try:
            return self._judged_in(one, checks)
        except NeedsEverything:
            if one.careful:
                what = "`{}` may not call some functions, and needs a cell that could hide that it does"
                return {name: self._tampered(name, what.format(name)) for name in checks}
            return self._judged_in(self._plan.all_of_it(one), checks)

    def _judged_in(self, one: Round, checks: frozenset[str]) -> dict[str, Verdict]:
        verdicts: dict[str, Verdict] = {}

        def observed(came: Pass, name: str) -> None:
            assert came.behind is not None
            if name in came.behind.seen:
                verdicts[name] = self._verdict(name, came.behind, came)

        shown = self._walk(one, checks, hidden=False, lasting=one.lasting & checks, observed=observed)
        self._put(one, shown)
        behind = shown.behind or Pass(hidden=True)
        self._complete(one, shown, behind)
        return verdicts | {
            name: self._verdict(name, behind, shown) for name in sorted(checks - verdicts.keys(), key=self._place)
        }  # fmt: skip

    def _complete(self, one: Round, shown: Pass, behind: Pass) -> None:
        """Observe the hidden cases that could not be observed behind everything else, at their checks."""
        told = behind.seen.keys() | behind.tampered.keys()
        rest = {name for name in shown.seen.keys() - told if self._plan.checks[name] not in behind.outcomes}
        if not rest:
            return
        ended = any(outcome.kind == "timeout" for outcome in (*shown.outcomes.values(), *behind.outcomes.values()))
        known = [*shown.left_out, *behind.left_out]
        full = self._walk(one, frozenset(rest), hidden=True, known=known, hurried=ended)
        behind.seen.update(full.seen)
        behind.tampered.update(full.tampered)
        for name in rest:
            index = self._plan.checks[name]
            if index in full.outcomes:
                behind.outcomes[index] = full.outcomes[index]
        behind.unreached = full.unreached

    def _place(self, name: str) -> int:
        return self._plan.checks[name]

    def _walk(
        self, one: Round, checks: frozenset[str], *, hidden: bool, known: list[LeftOut] | None = None,
        hurried: bool = False, lasting: frozenset[str] = frozenset(),
        observed: Callable[[Pass, str], None] = lambda came, name: None,
    ) -> Pass:  # fmt: skip
        came = self._walker.walk(
            one, checks, hidden=hidden, known=known, hurried=hurried, lasting=lasting, observed=observed
        )
        for times in (came.times, came.behind.times if came.behind else {}):
            for name, seconds in times.items():
                self.timings[name] = self.timings.get(name, 0.0) + seconds
        return came

    def _verdict(self, name: str, behind: Pass, shown: Pass) -> Verdict:
        """The verdict on an answer: visible cases as they were shown, hidden ones from behind that."""
        if name in shown.tampered:
            return self._tampered(name, shown.tampered[name])
        if name not in shown.seen:
            return self._without_observations(name, shown)
        if name in behind.tampered:
            return self._tampered(name, f"what the check uses was replaced {_UNSEEN}")
        if name not in behind.seen:
            return self._without_observations(name, _silenced(behind))
        key = self.job.keys[name]
        visible = iter(shown.seen[name])
        together = [
            seen if case.hidden else next(visible) for case, seen in zip(key.cases, behind.seen[name], strict=True)
        ]  # fmt: skip
        refused = {path for seen in behind.seen[name] for path in seen["refused"]}
        if together:
            together[0] = {**together[0], "refused": sorted({*together[0]["refused"], *refused})}
        return self._judge(key, together)

    def _judge(self, key: Key, observations: Observations) -> Verdict:
        started = time.perf_counter()
        try:
            return self._judge_of(key, observations)
        except Exception as error:  # the instructor is told of a fault of ours, and the other exercises are judged
            self.notes.append(f"Grader error: {key.exercise}: {type(error).__name__} while judging: {error}")
            return failure_of_judge(key, error)
        finally:
            self._spent("judge", started)

    def _without_observations(self, name: str, came: Pass) -> Verdict:
        answer, check = self._plan.answers.get(name, -1), self._plan.checks[name]
        return verdict_without_judge(
            name, self.points[name], came.outcomes.get(answer, OK), came.outcomes.get(check, came.unreached)
        )

    def _put(self, one: Round, came: Pass) -> None:
        """Put a pass's outputs into the notebook; cells are numbered here, for a number can tell things, too."""
        if one.careful:
            return
        for number, cell in enumerate((cell for cell in self._plan.cells if cell.index in one.run), start=1):
            node = self.notebook.cells[cell.index]
            node.execution_count = number
            node.outputs = came.outputs.get(cell.index, [])
            for output in node.outputs:
                if output["output_type"] == "execute_result":
                    output["execution_count"] = number


def _silenced(came: Pass) -> Pass:
    """A pass with what its processes said taken out of how their cells ended."""
    outcomes = {
        index: Outcome(outcome.kind, "an exception" if outcome.kind == "error" else "", _UNSEEN, outcome.seconds)
        if outcome.kind in ("error", "crash")
        else outcome
        for index, outcome in came.outcomes.items()
    }  # fmt: skip
    return Pass(came.hidden, outcomes=outcomes, unreached=came.unreached)


def questions_json(key: Key, cases: Cases) -> bytes:
    """The inputs of some cases of an exercise as JSON."""
    questions = key.questions()
    return json.dumps({**questions, "cases": [questions["cases"][index] for index in cases]}).encode()
