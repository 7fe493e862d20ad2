"""Grading one submission: which cells run, what each came to, and the verdicts that follow."""

from __future__ import annotations

import ast
import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import nbformat

from autograder.build.notebook import check_id
from autograder.classroom.judge_server import Judge
from autograder.classroom.names import checked_name, normalised
from autograder.classroom.outcome import OK, Outcome, outcome_of_error, verdict_without_judge
from autograder.classroom.records import uniform
from autograder.engine import slicing
from autograder.engine.attempt import Attempt, Ended, Forged, Hung
from autograder.engine.evidence import are_observations, are_outputs, told_error
from autograder.engine.model import Job, Limits, Policy, Result
from autograder.engine.present import exercises_of, show
from course.checking.key import Key
from course.checking.verdict import Verdict

_UNDEFINED = re.compile(r"name '(\w+)' is not defined")
_MAX_OUTPUTS = 20_000


class _Everything(Exception):
    """An answer lacks what a cell that was passed over defines: run the notebook again with all of its cells."""


class _BudgetSpent(Exception):
    """The notebook as a whole has used its time."""


@dataclass(frozen=True)
class _Cell:
    """A code cell of the notebook.

    Attributes:
        index: where it stands.
        exercise: which exercise it checks, if it does.
        expression: the answer that a check cell checks, as the release says it.
    """

    index: int
    exercise: str = ""
    expression: str = ""


class Grading:
    """Grades one job.

    Args:
        job: what to grade.
        limits: what it may use.
        policy: how it is run.
        questions: gives the inputs of an exercise as JSON.
        stopped: tells whether grading as a whole is being given up.
    """

    def __init__(
        self, job: Job, limits: Limits, policy: Policy, questions: Callable[[Key], bytes], hidden: Mapping[str, str],
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
        self._outcomes: dict[int, Outcome] = {}
        self._replaced: dict[int, str] = {}
        self._tampered: dict[str, str] = {}
        self._restarts = 0
        self._unreached = Outcome("not run", message="the notebook as a whole took too long.")

    # From job to result

    def result(self, start: Callable[[frozenset[str]], Attempt]) -> Result:
        """Grade; what goes wrong in the grader itself becomes a verdict that says so, never an exception.

        Args:
            start: makes an attempt, given the modules that the cells import.

        Raises:
            WarmLost: if the warm process ended meanwhile; the job can be tried again.
        """
        from autograder.engine.warmth import WarmLost

        started = time.perf_counter()
        verdicts: dict[str, Verdict]
        if self.intake.get("malformed"):
            verdicts = {v.exercise: v for v in uniform(self.points, "malformed", self.intake["malformed"])}
            self._clear()
        elif self.intake.get("failure"):
            verdicts = self.failed(self.intake["failure"])
        else:
            try:
                verdicts = self._graded(start)
            except WarmLost:
                raise
            except Exception as error:
                verdicts = self.failed(f"{type(error).__name__}: {error}")
        showing = time.perf_counter()
        show(self.notebook, verdicts, self.notes, self._hidden)
        self._spent("show", showing)
        self._spent("total", started)
        return Result(
            self.job.student, self.job.lesson, verdicts, self.notebook, tuple(self.notes), self.layers, self.timings
        )

    def failed(self, reason: str) -> dict[str, Verdict]:
        """The verdicts where the grader itself failed; the reason goes to the instructor."""
        self._clear()
        self.notes.append(f"Grader error: {reason}")
        sentence = "The grader itself failed on this submission; the instructor has been told."
        return {v.exercise: v for v in uniform(self.points, "grader_error", sentence)}

    def gave_up(self) -> Result:
        """The result where this submission ended the warm process whenever it ran."""
        self._clear()
        often = "the Python process had ended or stopped answering too often before."
        lost = Outcome("not run", "crash", often)
        verdicts = {name: verdict_without_judge(name, points, lost, lost) for name, points in self.points.items()}
        show(self.notebook, verdicts, self.notes, self._hidden)
        return Result(self.job.student, self.job.lesson, verdicts, self.notebook, tuple(self.notes), self.layers)

    def _spent(self, what: str, since: float) -> None:
        self.timings[what] = self.timings.get(what, 0.0) + time.perf_counter() - since

    def _clear(self) -> None:
        for cell in self.notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None

    # Running

    def _graded(self, start: Callable[[frozenset[str]], Attempt]) -> dict[str, Verdict]:
        missing = [name for name in self.points if name not in self.job.keys]
        if missing:
            return self.failed(f"there is no hidden key of {missing[0]}: run `autograder release {self.job.lesson}`")
        planning = time.perf_counter()
        self._cells = self._code_cells()
        self._run = self._chosen(everything=self.policy.run_everything)
        self._spent("plan", planning)
        self._deadline = time.monotonic() + self.limits.notebook
        self.judge = Judge(self.job.keys)
        forged = ""
        while True:
            self._clear()
            try:
                self._attempt(start)
            except _Everything:
                self._run = self._chosen(everything=True)
                self.judge = Judge(self.job.keys)
                self._outcomes.clear()
                self._replaced.clear()
                self._tampered.clear()
                continue
            except (Hung, Ended) as error:
                if self._restarts == self.limits.restarts:
                    often = "the Python process had ended or stopped answering too often before."
                    self._unreached = Outcome("not run", "crash", often)
                    break
                self._restarts += 1
                self._leave_out(error)
                continue
            except Forged as error:
                forged = str(error)
            except _BudgetSpent:
                pass
            break
        self.notes.extend(f"Grader error: {name}: {reason}" for name, reason in self.judge.failures.items())
        if forged:
            sentence = f"Something in the notebook spoke in the checks' place: {forged} arrived at the judge."
            return {v.exercise: v for v in uniform(self.points, "tampered", sentence)}
        return {name: self._verdict(name) for name in self.points}

    def _verdict(self, name: str) -> Verdict:
        key = self.job.keys[name]
        if name in self._tampered:
            sentence = f"Something in the notebook replaced what the check uses: {self._tampered[name]}."
            return Verdict(name, 0.0, key.points, "tampered", sentence)
        if name in self.judge.verdicts:
            return self.judge.verdicts[name]
        answer = next((i for i, cell in enumerate(self.notebook.cells) if self._answers(cell) == name), -1)
        check = next((cell.index for cell in self._cells if cell.exercise == name), -1)
        return verdict_without_judge(
            name, key.points, self._outcomes.get(answer, OK), self._outcomes.get(check, self._unreached)
        )

    def _answers(self, cell: nbformat.NotebookNode) -> str:
        grading = cell.metadata.get("nbgrader", {})
        return str(grading.get("grade_id", "")) if grading.get("solution") and not grading.get("grade") else ""

    def _code_cells(self) -> list[_Cell]:
        cells = []
        for index, cell in enumerate(self.notebook.cells):
            if cell.cell_type != "code":
                continue
            grading = cell.metadata.get("nbgrader", {})
            name = checked_name(cell.source) if grading.get("grade") else ""
            if name in self.points and grading.get("grade_id") == check_id(name):
                cells.append(_Cell(index, name, _expression(cell.source)))
            else:
                cells.append(_Cell(index))
        return cells

    def _chosen(self, *, everything: bool) -> set[int]:
        """The cells that are run."""
        plain = [cell for cell in self._cells if not cell.exercise]
        asked = []
        for cell in plain:
            node = self.notebook.cells[cell.index]
            fixed = node.metadata.get("course", {}).get("setup") or self._answers(node)
            unchanged = normalised(node.source) in self.job.release_sources
            asked.append(slicing.Cell(node.source, unchanged and not fixed and not everything))
        taken = slicing.chosen(asked)
        self._passed_over = {
            name for cell, run in zip(asked, taken, strict=True) if not run
            for name in slicing.facts(cell.source).defines
        }  # fmt: skip
        facts = [slicing.facts(cell.source) for cell, run in zip(asked, taken, strict=True) if run]
        self.modules = frozenset[str]().union(*(fact.modules for fact in facts))
        run = {cell.index for cell, is_run in zip(plain, taken, strict=True) if is_run}
        return run | {cell.index for cell in self._cells if cell.exercise}

    def _attempt(self, start: Callable[[frozenset[str]], Attempt]) -> None:
        attempt = start(self.modules)
        try:
            with attempt:
                self.layers = attempt.layers
                self._converse(attempt)
        finally:
            for name, seconds in attempt.times.items():
                self.timings[name] = self.timings.get(name, 0.0) + seconds

    def _converse(self, attempt: Attempt) -> None:
        waiting: Callable[[], None] | None = None
        for cell in self._cells:
            if cell.index not in self._run or cell.exercise in self.judge.verdicts or cell.exercise in self._tampered:
                continue
            left = self._deadline - time.monotonic()
            if left <= 0:
                break
            self._current = cell
            if cell.index not in self._replaced:
                self._outcomes[cell.index] = OK
            source = self._replaced.get(cell.index)
            seconds = max(1.0, min(self._limit(), left))
            started = time.perf_counter()
            if cell.exercise and source is None:
                raw = {"questions": self._questions(self.job.keys[cell.exercise])}
                attempt.ask("check", {"expression": cell.expression}, raw, seconds)
            else:
                attempt.ask(
                    "run", {"source": self.notebook.cells[cell.index].source if source is None else source}, {}, seconds
                )
            # The child works on this request while the last one's observations are judged here.
            if waiting is not None:
                waiting()
                waiting = None
            reply = attempt.answer()
            if cell.exercise and source is None:
                self._spent("observe", started)
                waiting = self._observed(cell, reply)
            else:
                self._spent("cells", started)
                self._ran(cell, reply)
        if waiting is not None:
            waiting()
        if self._deadline - time.monotonic() <= 0:
            raise _BudgetSpent

    def _limit(self) -> float:
        hung = any(outcome.kind == "timeout" for outcome in self._outcomes.values())
        return min(self.limits.cell, self.limits.after_timeout) if hung else self.limits.cell

    def _ran(self, cell: _Cell, reply: Mapping[str, Any]) -> None:
        self._show(cell, reply)
        error = self._error(reply)
        if error is None:
            return
        self._need_everything(*error)
        if cell.index not in self._replaced:
            self._outcomes[cell.index] = outcome_of_error(*error, 0.0)

    def _show(self, cell: _Cell, reply: Mapping[str, Any]) -> None:
        outputs, count = reply.get("outputs"), reply.get("count")
        if not are_outputs(outputs, _MAX_OUTPUTS) or not isinstance(count, int):
            raise Forged("something that is no output")
        node = self.notebook.cells[cell.index]
        node.outputs, node.execution_count = outputs, count

    def _error(self, reply: Mapping[str, Any]) -> tuple[str, str] | None:
        try:
            return told_error(reply)
        except ValueError:
            raise Forged("something that is no outcome") from None

    def _need_everything(self, error: str, message: str) -> None:
        found = _UNDEFINED.search(message) if error in ("NameError", "UnboundLocalError") else None
        if found is not None and found[1] in self._passed_over:
            raise _Everything

    def _observed(self, cell: _Cell, reply: Mapping[str, Any]) -> Callable[[], None] | None:
        """Take the reply to a check; returns what is left to do for the verdict."""
        if isinstance(reply.get("tampered"), str):
            self._tampered[cell.exercise] = reply["tampered"][:200]
            return None
        error = self._error(reply)
        if error is not None:
            self._need_everything(*error)
            self._outcomes[cell.index] = outcome_of_error(*error, 0.0)
            return None
        key = self.job.keys[cell.exercise]
        observations, calls = reply.get("observations"), reply.get("calls")
        if not are_observations(observations, len(key.cases)) or not isinstance(calls, list):
            self._tampered[cell.exercise] = "what arrived at the judge is not what the check sends"
            return None
        assert isinstance(observations, list)
        for seen in observations:
            if seen["error"] is not None:
                self._need_everything(seen["error"]["type"], seen["error"]["message"])
        observations[0]["refused"] = sorted({*observations[0]["refused"], *(str(path) for path in calls)})

        def judged() -> None:
            started = time.perf_counter()
            with self.judge.expecting(cell.exercise):
                self.judge.verdict(cell.exercise, observations)
            self._spent("judge", started)

        return judged

    def _leave_out(self, error: Hung | Ended) -> None:
        """After the cell at hand hung or ended the child: run the rest again without it."""
        cell = self._current
        if isinstance(error, Hung):
            outcome = Outcome("timeout", seconds=error.seconds)
        elif error.cause in ("memory", "wall"):
            outcome = Outcome("memory") if error.cause == "memory" else Outcome("timeout", seconds=self.limits.cell)
        else:
            outcome = Outcome("crash", message=f" ({_EXCESS[error.cause]})" if error.cause in _EXCESS else error.how)
        self._outcomes[cell.index] = outcome
        self._replaced[cell.index] = ""
        if not cell.exercise:
            return
        what = "did not come back" if isinstance(error, Hung) else "ended the Python process"
        for index, node in enumerate(self.notebook.cells):
            if self._answers(node) == cell.exercise:
                # Answers that call this one are told why they cannot have it.
                self._replaced[index] = (
                    f"def {cell.exercise}(*_, **__):\n    raise RuntimeError('{cell.exercise} {what} and was left out')"
                )


_EXCESS = {
    "disk": "it was ended because it wrote too much to the disk",
    "files": "it was ended because it made too many files",
    "threads": "it was ended because it started too many threads",
}


def _expression(source: str) -> str:
    """The answer that ``check("name", answer)`` checks, as source text."""
    statement = ast.parse(source).body[0]
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Call)
    given = [*statement.value.args[1:], *(keyword.value for keyword in statement.value.keywords)]
    return ast.unparse(given[0]) if given else "None"


def questions_json(key: Key) -> bytes:
    """The inputs of an exercise as JSON."""
    return json.dumps(key.questions()).encode()
