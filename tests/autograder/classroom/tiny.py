"""A tiny invented lesson, built as the real ones are, and handling of its notebooks."""

from __future__ import annotations

import copy
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat

from autograder.build.builder import LessonSource
from autograder.build.notebook import expand
from autograder.build.release import notebook_text, release_notebook
from autograder.build.source import SourceCell
from autograder.classroom.folder import Classroom, Content
from autograder.contract import Alternative, Exercise, Lesson, Misconception, call, case

TINY = "90_tiny"

_HINTS = ("Look again.", "Look closer.", "It is nearly there.")

LESSON = Lesson(
    name=TINY,
    title="Tiny",
    summary="A lesson for tests.",
    reading_minutes=1,
    exercises=(
        Exercise(
            name="double",
            title="Double",
            points=2.0,
            difficulty=1,
            minutes=5,
            hints=_HINTS,
            cases=(
                case("three", call(3)),
                case("a half", call(0.5)),
                case("CANARY-HIDDEN-NAME", call(71077345), hidden=True),
                case("zero, hidden", call(0), hidden=True),
            ),
            misconceptions=(
                Misconception("squared", "This squares the number.", credit=0.5, edits={"2 * x": "x * x"}),
                Misconception("unchanged", "This gives the number back.", credit=0.0, edits={"2 * x": "x"}),
                Misconception("plus_two", "This adds two.", credit=0.25, edits={"2 * x": "x + 2"}),
            ),
            alternatives=(Alternative("sum", edits={"2 * x": "x + x"}),),
            time_limit=1.0,
        ),
        Exercise(
            name="mean",
            title="Mean",
            points=3.0,
            difficulty=1,
            minutes=5,
            hints=_HINTS,
            cases=(
                case("two numbers", call([1.0, 2.0])),
                case("one number", call([4.0])),
                case("many, hidden", call([1.0, 5.0, 9.0, 2.5]), hidden=True),
            ),
            misconceptions=(
                Misconception("sum_only", "This is the sum.", credit=1.0, edits={" / len(values)": ""}),
                Misconception("halved", "This divides by two.", credit=0.5, edits={"len(values)": "2"}),
                Misconception("first", "This is the first.", edits={"math.fsum(values) / len(values)": "values[0]"}),
            ),
            alternatives=(Alternative("sum", edits={"math.fsum": "sum"}),),
            time_limit=1.0,
        ),
        Exercise(
            name="quadruple",
            title="Quadruple",
            points=1.0,
            difficulty=1,
            minutes=5,
            hints=_HINTS,
            cases=(case("three", call(3)), case("one, hidden", call(1.25), hidden=True)),
            misconceptions=(
                Misconception("once", "This doubles once.", edits={"double(double(x))": "double(x)"}),
                Misconception("thrice", "This doubles three times.", edits={"double(double(x))": "8 * x"}),
                Misconception("nothing", "This gives nothing.", edits={"return double(double(x))": "return None"}),
            ),
            alternatives=(Alternative("product", edits={"double(double(x))": "4 * x"}),),
            needs=("double",),
            time_limit=1.0,
        ),
    ),
)


def _answer(name: str, signature: str, solution: str) -> SourceCell:
    source = f'def {name}({signature}):\n    """Do it."""\n    ### BEGIN SOLUTION\n    {solution}\n    ### END SOLUTION'
    return SourceCell("code", source, {"exercise": name})


CELLS = [
    SourceCell("markdown", "# 90 · Tiny"),
    SourceCell("code", "import math\n\nfrom course import check, hint", {"setup": True}),
    SourceCell("markdown", "## First"),
    _answer("double", "x", "return 2 * x"),
    SourceCell("code", 'check("double", double)', {"check": "double"}),
    SourceCell("code", 'print("a demonstration", math.floor(2.5))'),
    SourceCell("markdown", "## Second"),
    _answer("mean", "values", "return math.fsum(values) / len(values)"),
    SourceCell("code", 'check("mean", mean)', {"check": "mean"}),
    _answer("quadruple", "x", "return double(double(x))"),
    SourceCell("code", 'check("quadruple", quadruple)', {"check": "quadruple"}),
    SourceCell("markdown", "The end."),
]

#: The right answers, as a learner would leave them.
RIGHT = {
    "double": "def double(x):\n    return 2 * x",
    "mean": "def mean(values):\n    return sum(values) / len(values)",
    "quadruple": "def quadruple(x):\n    return double(double(x))",
}


def write_content(root: Path, cells: list[SourceCell]) -> Content:
    """Build the tiny lesson as a checkout would have it."""
    source = LessonSource(LESSON, cells)
    solution = expand(cells, LESSON)
    content = Content(root)
    for path, text in (
        (content.release(TINY), notebook_text(release_notebook(solution, LESSON))),
        (content.solution(TINY), notebook_text(solution)),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    content.keys(TINY).mkdir(exist_ok=True)
    for name, key in source.keys().items():
        (content.keys(TINY) / f"{name}.json").write_text(key.to_text(), encoding="utf-8")
    return content


Filled = Callable[..., dict[str, Any]]
Runner = Callable[[nbformat.NotebookNode], dict[str, Any]]

#: What right answers give to the runner.
ALL_RIGHT = {"double": 6, "mean": 4.0, "quadruple": 12}


def cell_of(notebook: dict[str, Any], cell_id: str) -> dict[str, Any]:
    """The cell with an id."""
    return next(cell for cell in notebook["cells"] if cell["id"] == cell_id)


def index_of(notebook: dict[str, Any], cell_id: str) -> int:
    """Where the cell with an id is."""
    return next(i for i, cell in enumerate(notebook["cells"]) if cell["id"] == cell_id)


def code_cell(source: str, cell_id: str = "own") -> dict[str, Any]:
    """A cell of a learner's own."""
    return {
        "cell_type": "code",
        "id": cell_id,
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "source": source,
    }


def as_bytes(notebook: dict[str, Any]) -> bytes:
    """The file of a notebook."""
    return json.dumps(notebook).encode()


def sources(notebook: nbformat.NotebookNode) -> list[str]:
    """The sources of a notebook's cells."""
    return [cell.source for cell in notebook.cells]


def read_json(path: Path) -> dict[str, Any]:
    """A notebook as JSON, with the sources of its cells as strings."""
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for cell in data["cells"]:
        cell["source"] = "".join(cell["source"])
    return data


def filled_in(blank: dict[str, Any], answers: dict[str, str]) -> dict[str, Any]:
    """A copy of a release with answers."""
    notebook = copy.deepcopy(blank)
    for name, source in answers.items():
        cell_of(notebook, name)["source"] = source
    return notebook


def copy_of(classroom: Classroom, folder: Path) -> Classroom:
    """A copy of a classroom: it is a folder like any other."""
    shutil.copytree(classroom.root, folder)
    folder.chmod(0o700)
    return Classroom(folder)


def stock(classroom: Classroom, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run nbgrader's own command line in a classroom, with an environment in which nothing is activated."""
    nbgrader = Path(sys.executable).parent / "nbgrader"
    environment = {**os.environ, "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        [str(nbgrader), *arguments], cwd=classroom.root, env=environment, capture_output=True, text=True, check=False
    )


def scores_in_gradebook(classroom: Classroom, lesson: str) -> dict[str, dict[str, float | None]]:
    """``{student: {exercise: automatic score}}``."""
    with classroom.gradebook() as gradebook:
        return {
            submission.student.id: {
                grade.name.removeprefix("check-").replace("-", "_"): grade.auto_score
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
            for submission in gradebook.assignment_submissions(lesson)
        }
