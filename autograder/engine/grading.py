"""Grading one submission: which cells run, what each came to, and the verdicts that follow."""

from __future__ import annotations

import ast
import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
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
from autograder.engine.suspicion import Text, read_text, references
from autograder.engine.warmth import WarmLost
from autograder.errors import AutograderError
from course.checking.key import Key
from course.checking.verdict import Verdict

_UNDEFINED = re.compile(r"name '(\w+)' is not defined")
_MAX_OUTPUTS = 20_000


class _Everything(Exception):
    """An answer lacks what a cell that was passed over defines: run the notebook again with all of its cells."""


class _BudgetSpent(Exception):
    """The notebook as a whole has used its time."""


@dataclass(frozen=True)
class _Round:
    """A run through a part of the notebook.

    Attributes:
        run: the indices of the cells that are run, checks included.
        passed_over: names that cells define which are not.
        modules: what the cells import.
        closely: whether calls of refused functions are watched more closely.
        careful: whether it runs no more than some answers need, because the notebook could hide what they call.
        hidden: whether the hidden cases are observed in it, or the visible ones.
        apart: whether its outputs are not shown. Whatever a student gets to see comes from processes that never had a
            hidden input: what is remembered, in memory or on disk, is gone before anything is shown.
    """

    run: frozenset[int]
    passed_over: frozenset[str]
    modules: frozenset[str]
    closely: bool
    careful: bool = False
    hidden: bool = False

    @property
    def apart(self) -> bool:
        return self.careful or self.hidden


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
        self._outcomes: dict[int, Outcome] = {}
        self._replaced: dict[int, str] = {}
        self._tampered: dict[str, str] = {}
        #: ``{(exercise, whether hidden): observations}``
        self._seen: dict[tuple[str, bool], list[dict[str, Any]]] = {}
        self._restarts = 0
        self._unreached = Outcome("not run", message="the notebook as a whole took too long.")

    # From job to result

    def result(self, start: Callable[[frozenset[str]], Attempt]) -> Result:
        """Grade; what goes wrong in the grader itself becomes a verdict that says so, never an exception.

        Args:
            start: makes an attempt, given the modules that the cells import.

        Raises:
            WarmLost: if the warm process ended meanwhile; the job can be tried again.
            AutograderError: if nothing at all can be graded here; the message is a sentence.
        """
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
            except (WarmLost, AutograderError):
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
        rounds = self._rounds(everything=self.policy.run_everything)
        self._spent("plan", planning)
        self.judge = Judge(self.job.keys)
        try:
            for one in rounds:
                taken = self._carry_out(one, start)
                self._carry_out(replace(taken, hidden=True), start)
        except Forged as error:
            sentence = f"Something in the notebook spoke in the checks' place: {error} arrived at the judge."
            return {v.exercise: v for v in uniform(self.points, "tampered", sentence)}
        self.notes.extend(f"Grader error: {name}: {reason}" for name, reason in self.judge.failures.items())
        return {name: self._verdict(name) for name in self.points}

    def _verdict(self, name: str) -> Verdict:
        key = self.job.keys[name]
        if name in self._tampered:
            sentence = f"Something in the notebook interferes with the check: {self._tampered[name]}."
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

    def _rounds(self, *, everything: bool) -> list[_Round]:
        """The main run, and where that could not be believed, one for exercises that refuse something."""
        plain = [cell.index for cell in self._cells if not cell.exercise]
        asked = []
        for index in plain:
            node = self.notebook.cells[index]
            fixed = node.metadata.get("course", {}).get("setup") or self._answers(node)
            asked.append(slicing.Cell(node.source, self._is_release(index) and not fixed and not everything))
        taken = {plain[i] for i, is_run in enumerate(slicing.chosen(asked)) if is_run}
        checks = {cell.exercise: cell.index for cell in self._cells if cell.exercise}
        seizing = {index for index in taken if not self._is_release(index) and self._text(index).seizing}
        careful = {name for name in checks if self.job.keys[name].refuse} if seizing else set()
        main = self._round(taken | {index for name, index in checks.items() if name not in careful})
        if not careful:
            return [main]
        together: set[int] = set()
        for name in sorted(careful):
            needs = self._needs(name, plain, asked)
            reaching = sorted(needs & seizing)
            if reaching:
                self._tampered[name] = self._reaching(name, reaching[0], needs)
            else:
                together |= needs | {checks[name]}
        return [main, self._round(together, careful=True)] if together else [main]

    def _round(self, run: set[int], *, careful: bool = False) -> _Round:
        code = [cell for cell in self._cells if not cell.exercise]
        facts = {cell.index: slicing.facts(self.notebook.cells[cell.index].source) for cell in code}
        passed_over = frozenset[str]().union(*(fact.defines for index, fact in facts.items() if index not in run))
        modules = frozenset[str]().union(*(fact.modules for index, fact in facts.items() if index in run))
        closely = any(
            self._text(index).blinding for index in run if index in facts and not self._is_release(index)
        )  # fmt: skip
        return _Round(frozenset(run), passed_over, modules, closely, careful)

    def _needs(self, name: str, plain: list[int], asked: list[slicing.Cell]) -> set[int]:
        """The cells that an answer needs: its own, what they use, and what the lesson sets up."""
        answer = next((i for i, index in enumerate(plain) if self._answers(self.notebook.cells[index]) == name), -1)
        setup = {
            index for index in plain
            if self.notebook.cells[index].metadata.get("course", {}).get("setup") and self._is_release(index)
        }  # fmt: skip
        needs = set() if answer < 0 else {plain[i] for i in slicing.needed(asked, answer)}
        # An answer may stand in the cell of another one, or in one of the learner's own.
        for i, cell in enumerate(asked):
            if name in slicing.facts(cell.source).defines:
                needs |= {plain[j] for j in slicing.needed(asked, i)}
        return needs | setup

    def _reaching(self, name: str, index: int, needs: set[int]) -> str:
        refuse = frozenset(self.job.keys[name].refuse)
        named = next(filter(None, (references(self.notebook.cells[i].source, refuse) for i in sorted(needs))), "")
        more = f" and names `{named}`" if named else ""
        return (
            f"`{name}` may not call some functions, and its code uses `{self._text(index).seizing}`{more}, "
            "by which it could hide that it does"
        )

    def _is_release(self, index: int) -> bool:
        return normalised(self.notebook.cells[index].source) in self.job.release_sources

    def _text(self, index: int) -> Text:
        return read_text(self.notebook.cells[index].source)

    def _carry_out(self, one: _Round, start: Callable[[frozenset[str]], Attempt]) -> _Round:
        """Run through the cells, again without those that end the process, until the end is reached.

        Returns:
            The round as it was carried out in the end: with every cell, where it turned out that they are needed.
        """
        self._deadline = time.monotonic() + self.limits.notebook
        while True:
            if not any(self._awaited(cell, one) for cell in self._cells if cell.exercise) and one.apart:
                return one
            if not one.apart:
                self._clear()
            try:
                self._attempt(one, start)
                return one
            except _Everything:
                if one.careful:
                    self._cannot_tell(one)
                    return one
                one = self._all_of_it(one)
            except (Hung, Ended) as error:
                if self._restarts == self.limits.restarts:
                    often = "the Python process had ended or stopped answering too often before."
                    self._unreached = Outcome("not run", "crash", often)
                    return one
                self._restarts += 1
                self._leave_out(error)
            except _BudgetSpent:
                return one

    def _awaited(self, cell: _Cell, one: _Round) -> bool:
        """Whether a check is still to be observed in a round."""
        name = cell.exercise
        if cell.index not in one.run or name in self._tampered or (name, one.hidden) in self._seen:
            return False
        # An answer that could not be observed on the visible cases has its outcome already.
        return not one.hidden or (name, False) in self._seen

    def _all_of_it(self, one: _Round) -> _Round:
        """The same round with every cell of the notebook, as if nothing had been run yet."""
        if not one.hidden:
            self._seen.clear()
            self._outcomes.clear()
            self._replaced.clear()
        everything = self._round(set(one.run) | {cell.index for cell in self._cells if not cell.exercise})
        return replace(everything, hidden=one.hidden)

    def _cannot_tell(self, one: _Round) -> None:
        for cell in self._cells:
            if cell.exercise and self._awaited(cell, one):
                self._tampered[cell.exercise] = (
                    f"`{cell.exercise}` may not call some functions, and needs a cell that could hide that it does"
                )

    def _attempt(self, one: _Round, start: Callable[[frozenset[str]], Attempt]) -> None:
        attempt = start(one.modules)
        try:
            with attempt:
                self.layers = attempt.layers
                self._converse(attempt, one)
        finally:
            for name, seconds in attempt.times.items():
                self.timings[name] = self.timings.get(name, 0.0) + seconds

    def _converse(self, attempt: Attempt, one: _Round) -> None:
        self._round_now = one
        waiting: Callable[[], None] | None = None
        for cell in self._cells:
            if cell.index not in one.run or (cell.exercise and not self._awaited(cell, one)):
                continue
            left = self._deadline - time.monotonic()
            if left <= 0:
                break
            self._current = cell
            if cell.index not in self._replaced:
                self._outcomes[cell.index] = OK
            started = time.perf_counter()
            is_check = self._ask(attempt, cell, one, max(1.0, min(self._limit(), left)))
            # The child works on this request while the last one's observations are judged here.
            if waiting is not None:
                waiting()
                waiting = None
            reply = attempt.answer()
            self._spent("observe" if is_check else "cells", started)
            if is_check:
                waiting = self._observed(cell, reply)
            else:
                self._ran(cell, reply)
        if waiting is not None:
            waiting()
        if self._deadline - time.monotonic() <= 0:
            raise _BudgetSpent

    def _ask(self, attempt: Attempt, cell: _Cell, one: _Round, seconds: float) -> bool:
        """Send the request for a cell; returns whether it is for observations."""
        source = self._replaced.get(cell.index)
        if cell.exercise and source is None:
            raw = {"questions": self._questions(self.job.keys[cell.exercise], one.hidden)}
            attempt.ask("check", {"expression": cell.expression, "closely": one.closely}, raw, seconds)
            return True
        source = self.notebook.cells[cell.index].source if source is None else source
        attempt.ask("run", {"source": source}, {}, seconds)
        return False

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
        if not self._round_now.apart:
            node = self.notebook.cells[cell.index]
            node.outputs, node.execution_count = outputs, count

    def _error(self, reply: Mapping[str, Any]) -> tuple[str, str] | None:
        try:
            return told_error(reply)
        except ValueError:
            raise Forged("something that is no outcome") from None

    def _need_everything(self, error: str, message: str) -> None:
        found = _UNDEFINED.search(message) if error in ("NameError", "UnboundLocalError") else None
        if found is not None and found[1] in self._round_now.passed_over:
            raise _Everything

    def _observed(self, cell: _Cell, reply: Mapping[str, Any]) -> Callable[[], None] | None:
        """Take the reply to a check; returns what is left to do for the verdict."""
        if isinstance(reply.get("tampered"), str):
            self._tampered[cell.exercise] = f"`{reply['tampered'][:200]}` was replaced"
            return None
        error = self._error(reply)
        if error is not None:
            self._need_everything(*error)
            self._outcomes[cell.index] = outcome_of_error(*error, 0.0)
            return None
        key = self.job.keys[cell.exercise]
        observations, calls = reply.get("observations"), reply.get("calls")
        hidden = self._round_now.hidden
        count = len(key.cases) if hidden else sum(not case.hidden for case in key.cases)
        if not are_observations(observations, count) or not isinstance(calls, list):
            self._tampered[cell.exercise] = "what arrived at the judge is not what the check sends"
            return None
        assert isinstance(observations, list)
        for seen in observations:
            if seen["error"] is not None:
                self._need_everything(seen["error"]["type"], seen["error"]["message"])
        if not all(isinstance(path, str) and path in key.refuse for path in calls):
            self._tampered[cell.exercise] = "the watch over the functions that are not allowed here was switched off"
            return None
        if hidden:
            observations = [seen for case, seen in zip(key.cases, observations, strict=True) if case.hidden]
        if observations:
            observations[0]["refused"] = sorted({*observations[0]["refused"], *calls})
        self._seen[cell.exercise, hidden] = observations
        if not hidden:
            return None

        def judged() -> None:
            started = time.perf_counter()
            parts = {part: iter(self._seen[cell.exercise, part]) for part in (False, True)}
            together = [next(parts[case.hidden]) for case in key.cases]
            with self.judge.expecting(cell.exercise):
                self.judge.verdict(cell.exercise, together)
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
