"""What is run of a notebook, and in how many parts, before anything is run."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.build.notebook import check_id
from autograder.classroom.names import checked_name, normalised, parsed
from autograder.engine import slicing
from autograder.engine.defining import only_defines
from autograder.engine.suspicion import Text, read_text, references
from course.checking.key import Key


@dataclass(frozen=True)
class Cell:
    """A code cell of the notebook.

    Attributes:
        index: where it stands.
        exercise: which exercise it checks, if it does.
        expression: the answer that a check cell checks, as the release says it.
    """

    index: int
    exercise: str = ""
    expression: str = ""


@dataclass(frozen=True)
class Round:
    """A part of the notebook that is run by itself.

    Attributes:
        run: the indices of the cells that are run, checks included.
        passed_over: names that cells define which are not.
        modules: what the cells import.
        closely: whether calls of refused functions are watched more closely.
        careful: whether it runs no more than some answers need, because the notebook could hide what they call.
        lasting: the exercises whose answers are at the end of the round what they were at their checks: whatever is run
            after those only defines. Their hidden cases can wait until everything that is shown has been said.
    """

    run: frozenset[int]
    passed_over: frozenset[str]
    modules: frozenset[str]
    closely: bool
    careful: bool = False
    lasting: frozenset[str] = frozenset()


class Plan:
    """The plan for one notebook that has been through the intake.

    Attributes:
        cells: its code cells, in order.
        rounds: what is run; the first is the notebook's main run, whose outputs are shown.
        unbelievable: ``{exercise: why its answer cannot be believed, whatever comes of it}``
    """

    def __init__(
        self, notebook: NotebookNode, points: Mapping[str, float], keys: Mapping[str, Key],
        release_sources: frozenset[str], *, everything: bool,
    ) -> None:  # fmt: skip
        self._notebook = notebook
        self._keys = keys
        self._release_sources = release_sources
        self.cells = [
            _cell(index, cell, points) for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"
        ]
        self.answers = {self._answered(cell.index): cell.index for cell in self.cells if self._answered(cell.index)}
        self.checks = {cell.exercise: cell.index for cell in self.cells if cell.exercise}
        self._plain = [cell.index for cell in self.cells if not cell.exercise]
        self.unbelievable: dict[str, str] = {}
        self.rounds = self._rounds(everything)

    def all_of_it(self, one: Round) -> Round:
        """A round with every cell of the notebook, for answers that turned out to need one that was passed over."""
        return self._round({*one.run, *self._plain})

    def _rounds(self, everything: bool) -> list[Round]:
        asked = [
            slicing.Cell(self._source(i), not everything and not self._is_fixed(i) and self._is_release(i))
            for i in self._plain
        ]
        taken = {self._plain[i] for i, is_run in enumerate(slicing.chosen(asked)) if is_run}
        seizing = {index for index in taken if not self._is_release(index) and self._text(index).seizing}
        careful = {name for name in self.checks if self._keys[name].refuse} if seizing else set()
        main = self._round(taken | {index for name, index in self.checks.items() if name not in careful})
        together: set[int] = set()
        for name in sorted(careful):
            needs = self._needs(name, asked)
            reaching = sorted(needs & seizing)
            if reaching:
                self.unbelievable[name] = self._reaching(name, reaching[0], needs)
            else:
                together |= needs | {self.checks[name]}
        return [main, self._round(together, careful=True)] if together else [main]

    def _round(self, run: set[int], *, careful: bool = False) -> Round:
        facts = {index: slicing.facts(self._source(index)) for index in self._plain}
        passed_over = frozenset[str]().union(*(fact.defines for index, fact in facts.items() if index not in run))
        modules = frozenset[str]().union(*(fact.modules for index, fact in facts.items() if index in run))
        closely = any(self._text(index).blinding for index in run & facts.keys() if not self._is_release(index))
        return Round(frozenset(run), passed_over, modules, closely, careful, self._lasting(run))

    def _lasting(self, run: set[int]) -> frozenset[str]:
        found = set()
        for cell in reversed(self.cells):
            if cell.index not in run:
                continue
            if cell.exercise:
                found.add(cell.exercise)
            elif not only_defines(self._source(cell.index)):
                break
        return frozenset(found)

    def _needs(self, name: str, asked: list[slicing.Cell]) -> set[int]:
        """The cells that an answer needs: its own, what they use, and what the lesson sets up."""
        needs = {i for i in self._plain if self._is_setup(i) and self._is_release(i)}
        for position, index in enumerate(self._plain):
            # An answer may stand in the cell of another one, or in one of the learner's own.
            if self.answers.get(name) == index or name in slicing.facts(self._source(index)).defines:
                needs |= {self._plain[i] for i in slicing.needed(asked, position)}
        return needs

    def _reaching(self, name: str, index: int, needs: set[int]) -> str:
        refuse = frozenset(self._keys[name].refuse)
        named = next(filter(None, (references(self._source(i), refuse) for i in sorted(needs))), "")
        more = f" and names `{named}`" if named else ""
        return (
            f"`{name}` may not call some functions, and its code uses `{self._text(index).seizing}`{more}, "
            "by which it could hide that it does"
        )

    def _source(self, index: int) -> str:
        return str(self._notebook.cells[index].source)

    def _is_release(self, index: int) -> bool:
        return normalised(self._source(index)) in self._release_sources

    def _is_setup(self, index: int) -> bool:
        return bool(self._notebook.cells[index].metadata.get("course", {}).get("setup"))

    def _is_fixed(self, index: int) -> bool:
        return self._is_setup(index) or bool(self._answered(index))

    def _answered(self, index: int) -> str:
        grading = self._notebook.cells[index].metadata.get("nbgrader", {})
        return str(grading.get("grade_id", "")) if grading.get("solution") and not grading.get("grade") else ""

    def _text(self, index: int) -> Text:
        return read_text(self._source(index))


def _cell(index: int, cell: NotebookNode, points: Mapping[str, float]) -> Cell:
    grading = cell.metadata.get("nbgrader", {})
    name = checked_name(cell.source) if grading.get("grade") else ""
    if name in points and grading.get("grade_id") == check_id(name):
        return Cell(index, name, _expression(cell.source))
    return Cell(index)


def _expression(source: str) -> str:
    """The answer that ``check("name", answer)`` checks, as source text."""
    tree = parsed(source)
    assert tree is not None  # it has been read as a check
    statement = tree.body[0]
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Call)
    given = [*statement.value.args[1:], *(keyword.value for keyword in statement.value.keywords)]
    return ast.unparse(given[0]) if given else "None"
