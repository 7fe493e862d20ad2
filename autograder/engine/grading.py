"""Grading one submission: from its cells to verdicts.

A process in which an answer was observed on hidden cases knows their inputs, and what it knows it can show: in an
output, in the result of a visible case, in the message of an exception. So nothing that such a process says is shown.
A notebook whose answers are all right and whose cells are silent after the first check needs nothing else; any other is
run a second time, with the visible cases alone, and all that the learner gets to read is from there.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from autograder.classroom.judge_server import Judge
from autograder.classroom.outcome import OK, Outcome, verdict_without_judge
from autograder.classroom.records import uniform
from autograder.engine.attempt import Attempt, Forged
from autograder.engine.model import Job, Limits, Policy, Result
from autograder.engine.passing import LeftOut, NeedsEverything, Observations, Pass, Walker
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
        questions: gives the inputs of an exercise as JSON, with the hidden cases or without.
        hidden: ``{text: what stands for it}`` in what the learner reads.
    """

    def __init__(
        self, job: Job, limits: Limits, policy: Policy, questions: Callable[[Key, bool], bytes],
        hidden: Mapping[str, str],
    ) -> None:  # fmt: skip
        self.job, self.limits, self.policy = job, limits, policy
        self._questions = questions
        self._hidden = hidden
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

    def gave_up(self, why: str = "the Python process had ended or stopped answering too often before.") -> Result:
        """The result where this submission ended the warm process, or whatever ran it, whenever it ran."""
        self._clear()
        lost = Outcome("not run", "crash", why)
        verdicts = {name: verdict_without_judge(name, points, lost, lost) for name, points in self.points.items()}
        show(self.notebook, verdicts, self.notes, self._hidden)
        return self._resulting(verdicts)

    def failed(self, reason: str) -> Result:
        """The result where the grader failed before or after grading; the reason goes to the instructor."""
        verdicts = self._failed(reason)
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
        self._walker = Walker(self.notebook, plan, self.job.keys, self.limits, start, self._questions)
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

    # A round: first with hidden cases, and where anything of it would be shown, again without them

    def _judged(self, one: Round) -> dict[str, Verdict]:
        """The verdicts on a round's exercises; its outputs go into the notebook."""
        checks = frozenset(name for name, index in self._plan.checks.items() if index in one.run)
        try:
            return self._judged_by_two(one, checks)
        except NeedsEverything:
            if one.careful:
                what = "`{}` may not call some functions, and needs a cell that could hide that it does"
                return {name: self._tampered(name, what.format(name)) for name in checks}
            return self._judged_by_two(self._plan.all_of_it(one), checks)

    def _judged_by_two(self, one: Round, checks: frozenset[str]) -> dict[str, Verdict]:
        first = Judge(self.job.keys)

        def judge(name: str, observations: Observations) -> None:
            self._judge(first, name, observations)

        full = self._walk(one, checks, hidden=True, known=[], observed=judge)
        known = [left for left in full.left_out if left.clean]
        right = {name: verdict for name, verdict in first.verdicts.items() if verdict.status == "pass"}
        if len(right) == len(checks) and len(known) == len(full.left_out) and not (full.talked and not one.careful):
            self._put(one, full)
            return right
        # Those that are right show nothing but that they are; the others are observed once more.
        hurried = any(outcome.kind == "timeout" for outcome in full.outcomes.values())
        shown = self._walk(one, checks - right.keys(), hidden=False, known=known, hurried=hurried)
        for index, outcome in shown.outcomes.items():
            before = full.outcomes.get(index, outcome)
            if outcome.kind == before.kind == "timeout":
                # Of the two limits that the cell ran into, the full one is told.
                shown.outcomes[index] = before
        self._put(one, shown)
        second = Judge(self.job.keys)
        rest = {name: self._second(second, name, full, shown) for name in checks - right.keys()}
        for judge_ in (first, second):
            failures = [f"Grader error: {name}: {reason}" for name, reason in judge_.failures.items()]
            self.notes.extend(note for note in failures if note not in self.notes)
        return {**right, **rest}

    def _walk(
        self, one: Round, checks: frozenset[str], *, hidden: bool, known: list[LeftOut], hurried: bool = False,
        observed: Callable[[str, Observations], None] = lambda name, seen: None,
    ) -> Pass:  # fmt: skip
        came = self._walker.walk(one, checks, hidden=hidden, known=known, hurried=hurried, observed=observed)
        for name, seconds in came.times.items():
            self.timings[name] = self.timings.get(name, 0.0) + seconds
        return came

    def _judge(self, judge: Judge, name: str, observations: Observations) -> Verdict:
        started = time.perf_counter()
        with judge.expecting(name):
            verdict = judge.verdict(name, observations)
        self._spent("judge", started)
        return verdict

    def _second(self, judge: Judge, name: str, full: Pass, shown: Pass) -> Verdict:
        """The verdict on an answer that is not all right: visible cases as shown, hidden ones from the first pass."""
        if name in shown.tampered:
            return self._tampered(name, shown.tampered[name])
        if name not in shown.seen:
            return self._without_observations(name, shown)
        if name in full.tampered:
            return self._tampered(name, f"what the check uses was replaced {_UNSEEN}")
        if name not in full.seen:
            return self._without_observations(name, _silenced(full))
        cases = self.job.keys[name].cases
        visible = iter(shown.seen[name])
        together = [
            seen if case.hidden else next(visible) for case, seen in zip(cases, full.seen[name], strict=True)
        ]  # fmt: skip
        refused = {path for seen in full.seen[name] for path in seen["refused"]}
        if together:
            together[0] = {**together[0], "refused": sorted({*together[0]["refused"], *refused})}
        return self._judge(judge, name, together)

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


def questions_json(key: Key, *, hidden: bool) -> bytes:
    """The inputs of an exercise as JSON: of all cases, or of the visible ones."""
    return json.dumps((key if hidden else key.visible()).questions()).encode()
