"""Building a lesson: keys, executed solution notebook, student release."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from autograder.answers import AnswerFailed, Workbench
from autograder.build.execute import clean, execute, streams_joined
from autograder.build.keys import compile_key
from autograder.build.lint import lint
from autograder.build.notebook import collapse, expand
from autograder.build.release import notebook_text, release_notebook
from autograder.build.source import SourceCell, format_text, match_contract, read_lesson, write
from autograder.build.stable import kept
from autograder.contract import ContractError, Lesson
from autograder.places import COURSE, ROOT, SOLUTIONS, full_key_path, load_contract, visible_key_path
from course.checking.key import Key, read_key


@dataclass
class LessonSource:
    """A lesson as its author wrote it, checked against its contract."""

    lesson: Lesson
    cells: list[SourceCell]
    _workbench: Workbench | None = field(default=None, repr=False)
    _stubs: dict[str, str] | None = field(default=None, repr=False)

    @property
    def workbench(self) -> Workbench:
        """The namespace of the lesson's solutions."""
        if self._workbench is None:
            try:
                self._workbench = Workbench(self.lesson.name, self.cells)
            except AnswerFailed as error:
                raise ContractError(f"{self.lesson.name}: {error}") from error
        return self._workbench

    def stub(self, exercise: str) -> str:
        """The answer cell as the release hands it out."""
        if self._stubs is None:
            release = release_notebook(expand(self.cells, self.lesson), self.lesson)
            self._stubs = {cell.id: cell.source for cell in release.cells}
        return self._stubs[exercise]

    def keys(self, *, committed: bool = False) -> dict[str, Key]:
        """The full keys of the lesson's exercises.

        Args:
            committed: read them as they are committed, in a fraction of the time; :func:`check` says whether they are
                the same.

        Raises:
            ContractError: if one is to be read and is not there, or the lesson is not in order.
        """
        if committed:
            return self._committed_keys()
        return {
            exercise.name: compile_key(self.workbench, self.lesson, exercise, self.stub(exercise.name))
            for exercise in self.lesson.exercises
        }

    def _committed_keys(self) -> dict[str, Key]:
        paths = {exercise.name: full_key_path(self.lesson.name, exercise.name) for exercise in self.lesson.exercises}
        for path in paths.values():
            if not path.is_file():
                raise ContractError(f"There is no {path.relative_to(ROOT)}: run `autograder build {self.lesson.name}`.")
        return {name: read_key(path) for name, path in paths.items()}


def source_path(name: str) -> Path:
    """Where a lesson's text lies."""
    return SOLUTIONS / name / "lesson.py"


def read_source(name: str) -> LessonSource:
    """Read a lesson's text and contract.

    Raises:
        ContractError: if they are not in order.
    """
    lesson = load_contract(name)
    path = source_path(name)
    cells = read_lesson(path, str(path.relative_to(ROOT)))
    match_contract(cells, lesson)
    lint(cells, name)
    return LessonSource(lesson, cells)


def solution_path(name: str) -> Path:
    """Where a lesson's executed solution notebook lies."""
    return SOLUTIONS / name / f"{name}.ipynb"


def release_path(name: str) -> Path:
    """Where a lesson's student release lies."""
    return COURSE / name / f"{name}.ipynb"


def _committed(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _obsolete(name: str, wanted: dict[Path, str]) -> list[Path]:
    folders = (SOLUTIONS / name / "key", COURSE / name / "key")
    return [path for folder in folders for path in sorted(folder.glob("*")) if path not in wanted]


def build(name: str, say: Callable[[str], None] = print) -> list[Path]:
    """Make everything that is built from a lesson's source; returns the files that changed.

    Raises:
        ContractError: if the lesson is not in order; then nothing is left half-built but the keys.
    """
    source = read_source(name)
    changed = []

    def put(path: Path, text: str) -> None:
        before = _committed(path)
        after = kept(before, text) if path.suffix in (".json", ".ipynb") else text
        if after != before:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(after, encoding="utf-8", newline="\n")
            changed.append(path)

    say(f"{name}: {len(source.lesson.exercises)} exercises: keys …")
    keyed = _key_files(source)
    for path, text in keyed.items():
        put(path, text)
    for path in _obsolete(name, keyed):
        path.unlink()
        changed.append(path)
    say(f"{name}: running the solution notebook …")
    solution = expand(source.cells, source.lesson)
    put(release_path(name), notebook_text(release_notebook(solution, source.lesson)))
    put(solution_path(name), notebook_text(execute(solution, name, SOLUTIONS / name)))
    return changed


def _key_files(source: LessonSource) -> dict[Path, str]:
    name = source.lesson.name
    files = {}
    for exercise, key in source.keys().items():
        files[full_key_path(name, exercise)] = key.to_text()
        files[visible_key_path(name, exercise)] = key.visible().to_text()
    return files


def check(name: str, say: Callable[[str], None] = print, *, run: bool = True) -> list[str]:
    """Build in memory and say what differs from what is committed; an empty list means that nothing does.

    Args:
        name: of the lesson.
        say: is told what is done.
        run: whether the solution notebook is run; else the committed outputs are taken as they are, because somebody
            else runs it (nbval, in the tests) and compares them by :func:`outputs_differ`.
    """
    source = read_source(name)
    wanted = _key_files(source)
    differences = [f"{path.relative_to(ROOT)}: no exercise has this key" for path in _obsolete(name, wanted)]
    solution = expand(source.cells, source.lesson)
    wanted[release_path(name)] = notebook_text(release_notebook(solution, source.lesson))
    stale = {path for path, text in wanted.items() if kept(_committed(path), text) != _committed(path)}
    if not stale:
        if run:
            # Run with the committed keys, which were just found to be right.
            say(f"{name}: running the solution notebook …")
            executed = execute(solution, name, SOLUTIONS / name)
        else:
            executed = _with_committed_outputs(solution, name)
        wanted[solution_path(name)] = notebook_text(executed)
        stale = {path for path, text in wanted.items() if kept(_committed(path), text) != _committed(path)}
    return differences + [_difference(path, wanted[path]) for path in sorted(stale)]


def check_without_running(name: str) -> list[str]:
    """:func:`check` with ``run=False``, as a function that another process can be given."""
    return check(name, run=False)


def _with_committed_outputs(notebook: nbformat.NotebookNode, name: str) -> nbformat.NotebookNode:
    """A fresh notebook with the outputs that the committed one has at cells of the same id."""
    committed = solution_path(name)
    if committed.is_file():
        outputs = {cell.id: cell.get("outputs", []) for cell in nbformat.read(committed, as_version=4).cells}
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = outputs.get(cell.id, [])
    clean(notebook, name)
    return notebook


def outputs_differ(name: str, outputs: Mapping[str, list[nbformat.NotebookNode]]) -> str:
    """How a lesson's committed outputs differ from those of another run; an empty string means that they do not.

    Args:
        name: of the lesson.
        outputs: ``{cell id: outputs}``; neighbouring stream outputs may be in one piece.

    Raises:
        ContractError: if a cell wrote to stderr, or prints something that differs from run to run.
    """
    path = solution_path(name)
    committed, fresh = (nbformat.read(path, as_version=4) for _ in range(2))
    for before, after in zip(committed.cells, fresh.cells, strict=True):
        if before.cell_type == "code":
            before.outputs = streams_joined(before.outputs)
            after.outputs = streams_joined([nbformat.from_dict(output) for output in outputs[after.id]])
    clean(fresh, name)
    old, new = notebook_text(committed), notebook_text(fresh)
    return "" if kept(old, new) == old else _difference(path, new, old)


def _difference(path: Path, fresh: str, before: str | None = None) -> str:
    before = before or _committed(path)
    label = str(path.relative_to(ROOT))
    if before is None:
        return f"{label}: not built yet"
    lines = list(difflib.unified_diff(before.splitlines(), fresh.splitlines(), "committed", "built", n=0, lineterm=""))[
        2:8
    ]
    return f"{label}: differs from what the source gives\n" + "\n".join("    " + line[:160] for line in lines)


def format_source(name: str) -> bool:
    """Put ``lesson.py`` into the form that a notebook would write back; returns whether it changed."""
    path = source_path(name)
    if not path.is_file():
        raise ContractError(f"{path.relative_to(ROOT)} is missing.")
    text = path.read_text(encoding="utf-8")
    formatted = format_text(text)
    if formatted == text:
        return False
    path.write_text(formatted, encoding="utf-8", newline="\n")
    return True


def absorb(name: str) -> bool:
    """Write the solution notebook that an instructor edited back to ``lesson.py``; returns whether that changed.

    Raises:
        ContractError: if the notebook is missing or holds what ``lesson.py`` cannot.
    """
    path = solution_path(name)
    if not path.is_file():
        raise ContractError(f"{path.relative_to(ROOT)} is missing: `autograder build {name}` makes it.")
    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception as error:
        raise ContractError(f"{path.relative_to(ROOT)} is no readable notebook: {error}") from error
    lesson = load_contract(name)
    cells = collapse(notebook, lesson)
    match_contract(cells, lesson)
    text = write(cells)
    target = source_path(name)
    if target.is_file() and target.read_text(encoding="utf-8") == text:
        return False
    target.write_text(text, encoding="utf-8", newline="\n")
    return True
