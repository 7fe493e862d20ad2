"""One pass through a round: a child, and another one without the cell that ended it, until the end is reached."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from nbformat import NotebookNode

from autograder.classroom.names import parsed
from autograder.classroom.outcome import OK, Outcome, outcome_of_error
from autograder.engine.attempt import Attempt, Ended, Forged, Hung
from autograder.engine.evidence import are_observations, are_outputs, told_error
from autograder.engine.model import Limits
from autograder.engine.plan import Cell, Plan, Round
from course.checking.key import Key
from course.checking.observe import TIMED_OUT

_UNDEFINED = re.compile(r"name '(\w+)' is not defined")
_MAX_OUTPUTS = 20_000
_OFTEN = "the Python process had ended or stopped answering too often before."
_EXCESS = {
    "disk": " (it was ended because it wrote too much to the disk)",
    "files": " (it was ended because it made too many files)",
    "threads": " (it was ended because it started too many threads)",
}

Observations = list[dict[str, Any]]
#: Which cases of an exercise, by their places in its key.
Cases = tuple[int, ...]


class NeedsEverything(Exception):
    """An answer lacks what a cell that was passed over defines: run the notebook again with all of its cells."""


@dataclass(frozen=True)
class LeftOut:
    """A cell that ended its process or never came back, and was left out afterwards.

    Attributes:
        index: which cell.
        outcome: how it ended.
        replaced: ``{cell: what is run in its place}``
        clean: whether no hidden input had been in the process.
    """

    index: int
    outcome: Outcome
    replaced: Mapping[int, str]
    clean: bool


@dataclass
class Pass:
    """What came of a pass.

    Attributes:
        hidden: whether hidden cases were observed, with the visible ones or behind them.
        outputs: ``{cell: outputs}``
        outcomes: ``{cell: how it ended}``
        unreached: why cells without an outcome have none.
        seen: ``{exercise: observations}``
        tampered: ``{exercise: what interfered with its check}``
        left_out: cells that ended their process.
        behind: what came of the hidden cases that were observed when all cells had been run, if any were.
        times: seconds, by what they were spent on.
    """

    hidden: bool
    outputs: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    unreached: Outcome = field(
        default_factory=lambda: Outcome("not run", message="the notebook as a whole took too long.")
    )
    seen: dict[str, Observations] = field(default_factory=dict)
    tampered: dict[str, str] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    behind: Pass | None = None
    times: dict[str, float] = field(default_factory=dict)

    def spend(self, what: str, since: float) -> None:
        """Add the time since then."""
        self.times[what] = self.times.get(what, 0.0) + time.perf_counter() - since


class Walker:
    """Carries passes out.

    Args:
        notebook: the cells.
        plan: what is run of them.
        keys: how many cases each exercise has, and what it refuses.
        limits: what the notebook may use.
        start: makes an attempt, given the modules that the cells import.
        questions: gives the inputs of an exercise as JSON.
        slot: is held while cells run, so that no more submissions run than may. A child comes up before and goes after
            that, beside those that run: this took a quarter of a slot's time.
    """

    def __init__(
        self, notebook: NotebookNode, plan: Plan, keys: Mapping[str, Key], limits: Limits,
        start: Callable[[frozenset[str]], Attempt], questions: Callable[[Key, Cases], bytes],
        slot: AbstractContextManager[object],
    ) -> None:  # fmt: skip
        self._notebook, self._plan, self._keys, self._limits = notebook, plan, keys, limits
        self._start, self._questions, self._slot = start, questions, slot
        self.layers: tuple[str, ...] = ()

    def walk(
        self, one: Round, checks: frozenset[str], *, hidden: bool, known: list[LeftOut] | None = None,
        hurried: bool = False, lasting: frozenset[str] = frozenset(),
        observed: Callable[[Pass, str], None] = lambda came, name: None,
    ) -> Pass:  # fmt: skip
        """Run through a round.

        Args:
            one: the round.
            checks: the exercises whose answers are observed.
            hidden: whether hidden cases are observed at the checks, with the visible ones.
            known: cells that are left out from the beginning.
            hurried: whether the notebook has run into a limit already.
            lasting: exercises whose hidden cases are observed when all cells have been run.
            observed: is called with the pass and each of these, as soon as it has been, while the child goes on.

        Raises:
            NeedsEverything: if a cell lacks what the round passes over.
            Forged: if the child sends what our side of it does not.
        """
        known = known or []
        came = Pass(hidden, left_out=list(known))
        left = self._limits.notebook
        while True:
            came.outputs.clear()
            walk = _Walk(self, came, one, checks, hurried)
            try:
                attempt = self._start(one.modules)
                try:
                    with attempt, self._slot:
                        self.layers = attempt.layers
                        attempt.begin()
                        walk.deadline = time.monotonic() + left
                        walk.through(attempt)
                        if lasting:
                            self._ask_on(walk, attempt, lasting, observed)
                finally:
                    for name, seconds in attempt.times.items():
                        came.times[name] = came.times.get(name, 0.0) + seconds
                return came
            except (Hung, Ended) as error:
                left = walk.deadline - time.monotonic()
                came.outcomes[walk.current.index] = self._outcome(error)
                if len(came.left_out) - len(known) == self._limits.restarts:
                    came.unreached = Outcome("not run", "crash", _OFTEN)
                    return came
                came.left_out.append(self._without(walk, error, came.outcomes[walk.current.index]))

    def _ask_on(
        self, walk: _Walk, attempt: Attempt, lasting: frozenset[str], observed: Callable[[Pass, str], None]
    ) -> None:
        """Observe hidden cases; what the cells have shown is already here, so nothing can be shown of them."""
        behind = walk.came.behind = Pass(hidden=True)
        walk.told_hidden = True
        try:
            walk.on(attempt, behind, lasting, observed)
        except (Hung, Ended) as error:
            behind.outcomes[walk.current.index] = self._outcome(error)
            behind.left_out.append(self._without(walk, error, behind.outcomes[walk.current.index]))

    def _outcome(self, error: Hung | Ended) -> Outcome:
        if isinstance(error, Hung):
            return Outcome("timeout", seconds=error.seconds)
        if error.cause == "memory":
            return Outcome("memory")
        if error.cause == "wall":
            return Outcome("timeout", seconds=self._limits.cell)
        return Outcome("crash", message=_EXCESS.get(error.cause, error.how))

    def _without(self, walk: _Walk, error: Hung | Ended, outcome: Outcome) -> LeftOut:
        cell = walk.current
        replaced = {cell.index: ""}
        answer = self._plan.answers.get(cell.exercise)
        if answer is not None:
            # Answers that call this one are told why they cannot have it.
            what = "did not come back" if isinstance(error, Hung) else "ended the Python process"
            sentence = f"{cell.exercise} {what} and was left out"
            replaced[answer] = f"def {cell.exercise}(*_, **__):\n    raise RuntimeError({sentence!r})"
        return LeftOut(cell.index, outcome, replaced, clean=not walk.told_hidden)


@dataclass
class _Reply:
    """What a child said to a request, to be looked at once, while the child works on the next one."""

    exercise: str = ""
    look: Callable[[], None] = lambda: None

    def take(self) -> None:
        """Look at it, unless that has been done."""
        look, self.look = self.look, lambda: None
        look()


class _Walk:
    """One attempt of a pass."""

    def __init__(self, walker: Walker, came: Pass, one: Round, checks: frozenset[str], hurried: bool) -> None:
        self._walker, self.came, self._round, self._checks = walker, came, one, checks
        self._hurried = hurried
        #: By when (``time.monotonic``) the last request must have been answered; counts once cells run.
        self.deadline = math.inf
        self._replaced = {index: source for left in came.left_out for index, source in left.replaced.items()}
        came.outcomes.update({left.index: left.outcome for left in came.left_out})
        self.current = Cell(-1)
        #: Whether a hidden input has gone to this attempt's process.
        self.told_hidden = False
        #: Exercises that have been checked in it.
        self._checked: set[str] = set()

    def through(self, attempt: Attempt) -> None:
        """Run the cells in order."""
        came = self.came
        last = _Reply()
        for cell in self._walker._plan.cells:
            if cell.exercise and cell.exercise == last.exercise:
                last.take()  # a check that stands there twice is asked for once
            if cell.index not in self._round.run or (cell.exercise and not self._is_awaited(cell)):
                continue
            left = self._left(cell)
            if left <= 0:
                break
            self.current = cell
            started = time.perf_counter()
            try:
                is_check = self._ask(attempt, cell, left)
            finally:
                last.take()
            if cell.index not in self._replaced:
                came.outcomes[cell.index] = OK
            reply = attempt.answer()
            came.spend("observe" if is_check else "cells", started)
            last = _Reply(cell.exercise, partial(self._take, cell, reply, is_check))
        last.take()

    def _take(self, cell: Cell, reply: Mapping[str, Any], is_check: bool) -> None:
        if is_check:
            self._saw(self.came, cell, reply, _count(self._key(cell), self.came.hidden))
        else:
            self._ran(cell, reply)

    def on(
        self, attempt: Attempt, behind: Pass, lasting: frozenset[str], observed: Callable[[Pass, str], None]
    ) -> None:
        """Ask for the hidden cases of answers whose visible ones have been observed, in the order of their checks."""
        last = _Reply()
        for cell in self._walker._plan.cells:
            seen = self.came.seen.get(cell.exercise)
            if cell.exercise not in lasting & self._checked or seen is None:
                continue
            left = self._left(cell)
            if left <= 0:
                break
            self.current = cell
            key, started = self._key(cell), time.perf_counter()
            # After an endless loop the cases behind it count as endless, too, as they do where all are run in a row.
            cases = _before_timeout(key, seen)
            if cases:
                raw = {"questions": self._walker._questions(key, cases)}
                attempt.ask("check_on", {"exercise": cell.exercise, "closely": self._round.closely}, raw, left)
            last.take()
            self._saw(behind, cell, attempt.answer() if cases else _NOTHING, len(cases))
            behind.spend("observe", started)
            if cell.exercise in behind.seen:
                behind.seen[cell.exercise] = _in_order(key, seen, behind.seen[cell.exercise])
            last = _Reply(cell.exercise, partial(observed, self.came, cell.exercise))
        last.take()

    def _key(self, cell: Cell) -> Key:
        return self._walker._keys[cell.exercise]

    def _left(self, cell: Cell) -> float:
        """Seconds for the next request; none where the notebook's time is up."""
        left = self.deadline - time.monotonic()
        return max(1.0, min(self._limit(cell), left)) if left > 0 else 0.0

    def _is_awaited(self, cell: Cell) -> bool:
        came = self.came
        return cell.exercise in self._checks and cell.exercise not in came.seen and cell.exercise not in came.tampered

    def _ask(self, attempt: Attempt, cell: Cell, seconds: float) -> bool:
        """Send the request for a cell; returns whether it is for observations."""
        source = self._replaced.get(cell.index)
        if cell.exercise and source is None:
            key = self._key(cell)
            cases = range(len(key.cases)) if self.came.hidden else _visible(key)
            raw = {"questions": self._walker._questions(key, tuple(cases))}
            self.told_hidden |= self.came.hidden
            fields = {"exercise": cell.exercise, "expression": cell.expression, "closely": self._round.closely}
            attempt.ask("check", fields, raw, seconds)
            self._checked.add(cell.exercise)
            return True
        source = self._walker._notebook.cells[cell.index].source if source is None else source
        # Told here, where a cell that a whole class has is parsed once.
        attempt.ask("run", {"source": source, "plain": parsed(source) is not None}, {}, seconds)
        return False

    def _limit(self, cell: Cell) -> float:
        limits = self._walker._limits
        hung = self._hurried or any(outcome.kind == "timeout" for outcome in self.came.outcomes.values())
        # an answer that trains a model says in its contract that a case may take longer than other cells
        own = self._key(cell).time_limit if cell.exercise and cell.index not in self._replaced else 0.0
        usual = max(limits.cell, own)
        return min(usual, limits.after_timeout) if hung else usual

    def _ran(self, cell: Cell, reply: Mapping[str, Any]) -> None:
        outputs = reply.get("outputs")
        if not are_outputs(outputs, _MAX_OUTPUTS):
            raise Forged("something that is no output")
        assert isinstance(outputs, list)
        self.came.outputs[cell.index] = outputs
        error = _error(reply)
        if error is not None:
            self._look_for_lack(*error)
            if cell.index not in self._replaced:
                self.came.outcomes[cell.index] = outcome_of_error(*error, 0.0)

    def _look_for_lack(self, error: str, message: str) -> None:
        found = _UNDEFINED.search(message) if error in ("NameError", "UnboundLocalError") else None
        if found is not None and found[1] in self._round.passed_over:
            raise NeedsEverything

    def _saw(self, came: Pass, cell: Cell, reply: Mapping[str, Any], count: int) -> None:
        """Take the reply to a check, on ``count`` cases."""
        key = self._key(cell)
        if isinstance(reply.get("tampered"), str):
            came.tampered[cell.exercise] = f"`{reply['tampered'][:100]}` was replaced"
            return
        error = _error(reply)
        if error is not None:
            self._look_for_lack(*error)
            came.outcomes[cell.index] = outcome_of_error(*error, 0.0)
            return
        observations, calls = reply.get("observations"), reply.get("calls")
        if not are_observations(observations, count) or not isinstance(calls, list):
            came.tampered[cell.exercise] = "what arrived at the judge is not what the check sends"
            return
        assert isinstance(observations, list)
        for seen in observations:
            if seen["error"] is not None:
                self._look_for_lack(seen["error"]["type"], seen["error"]["message"])
        if not all(isinstance(path, str) and path in key.refuse for path in calls):
            came.tampered[cell.exercise] = "the watch over the functions that are not allowed here was switched off"
            return
        if observations:
            observations[0]["refused"] = sorted({*observations[0]["refused"], *calls})
        came.seen[cell.exercise] = observations


#: The reply to a request for no cases at all.
_NOTHING: Mapping[str, Any] = {"observations": [], "calls": []}


def _visible(key: Key) -> list[int]:
    return [index for index, case in enumerate(key.cases) if not case.hidden]


def _count(key: Key, hidden: bool) -> int:
    return len(key.cases) if hidden else len(_visible(key))


def _before_timeout(key: Key, visible: Observations) -> Cases:
    """The hidden cases before the first visible one that ran into its limit; all of them where none did."""
    ends = next((i for i, seen in zip(_visible(key), visible, strict=True) if seen["timeout"]), len(key.cases))
    return tuple(index for index in range(ends) if key.cases[index].hidden)


def _in_order(key: Key, visible: Observations, hidden: Observations) -> Observations:
    """Visible and hidden observations as all cases in a row would have given them."""
    ours, theirs = iter(visible), iter(hidden)
    return [next(theirs, TIMED_OUT) if case.hidden else next(ours) for case in key.cases]


def _error(reply: Mapping[str, Any]) -> tuple[str, str] | None:
    try:
        return told_error(reply)
    except ValueError:
        raise Forged("something that is no outcome") from None
