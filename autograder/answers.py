"""Making an answer run: its cell's code, in the namespace that a learner's notebook would have at that point."""

from __future__ import annotations

import contextlib
import io
import linecache
import warnings
from collections.abc import Mapping
from typing import Any

from autograder.build.execute import quiet_environment
from autograder.build.source import SETUP, SourceCell
from autograder.contract import Alternative, ContractError, Misconception
from course.checking.guard import TimeUp, time_limit

_CELL_LIMIT = 30.0


class AnswerFailed(Exception):
    """The cell of an answer raised before it defined anything; the message is that exception."""


class Workbench:
    """The namespace of a lesson with its solutions, in which other answers to an exercise can be tried."""

    def __init__(self, lesson: str, cells: list[SourceCell]) -> None:
        self.lesson = lesson
        self.solutions = {cell.exercise: cell.source for cell in cells if cell.exercise}
        self._namespace: dict[str, Any] = {"__name__": "__main__"}
        # What an author once answered as a learner, in the workspace of this checkout, must not be brought along.
        with quiet_environment():
            for cell in cells:
                if cell.tags.get(SETUP) or cell.exercise:
                    self._execute(cell.source, self._namespace, f"{lesson}-{cell.exercise or 'setup'}")

    def _execute(self, source: str, namespace: dict[str, Any], label: str) -> None:
        filename = f"<answer {label}>"
        # So that a traceback can quote the line, as it could in a notebook.
        linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
        try:
            with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(), time_limit(_CELL_LIMIT):
                warnings.simplefilter("ignore")
                # Not with this module's own `from __future__ import annotations`, which a notebook does not have.
                exec(compile(source, filename, "exec", dont_inherit=True), namespace)
        except TimeUp as error:
            raise AnswerFailed(f"the cell of {label} ran for more than {_CELL_LIMIT:g} s") from error
        except Exception as error:
            raise AnswerFailed(f"{type(error).__name__}: {error}") from error

    def answer(self, exercise: str, source: str) -> Any:
        """Run an answer cell among the other exercises' solutions and return what it defines.

        Raises:
            AnswerFailed: if the cell raises, or does not define the exercise's name.
        """
        namespace = dict(self._namespace)
        namespace.pop(exercise, None)
        # Functions look names up in the globals they were defined in. Solutions that call one another must find the
        # answer under trial in its own namespace only, so just the answer's cell is executed here.
        self._execute(source, namespace, exercise)
        if exercise not in namespace:
            raise AnswerFailed(f"the cell does not define {exercise}")
        return namespace[exercise]

    def solution(self, exercise: str) -> Any:
        """What the lesson's own solution defines."""
        return self._namespace[exercise]

    def source_of(self, exercise: str, variant: Misconception | Alternative) -> str:
        """The cell of a misconception or alternative: its code, or the solution's with its edits made.

        Raises:
            ContractError: if an edit's text does not occur exactly once.
        """
        if variant.code:
            return variant.code
        return edited(self.solutions[exercise], variant.edits, f"{self.lesson}: {exercise}: {variant.name}")


def edited(source: str, edits: Mapping[str, str], place: str) -> str:
    """Make edits, each of a text that occurs exactly once.

    Raises:
        ContractError: if one does not.
    """
    for old, new in edits.items():
        count = source.count(old)
        if count != 1:
            raise ContractError(f"{place}: the text {old!r} occurs {count} times in the solution and must occur once.")
        source = source.replace(old, new)
    return source
