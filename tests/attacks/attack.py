"""What an attack is, and the notebook that it is made of.

A file of ``forging/``, ``reading/``, ``harm/`` or ``twins/`` holds one ``ATTACK`` (a submission) or one ``DRILL`` (a
procedure of its own, for what is no notebook: archives, names, the pipe itself).
"""

from __future__ import annotations

import copy
import importlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.attacks.lesson import ANSWERS

if TYPE_CHECKING:
    from tests.attacks.harness import Arena

KINDS = ("forging", "reading", "harm", "twins")
HERE = Path(__file__).parent

#: What a submission prints, or writes to a file's name, when it got where it must not get.
BREACH = "BREACH"


@dataclass
class Paths:
    """What an attacker is told: every place that holds a secret or must not change. Real ones know less."""

    root: Path

    @property
    def keys(self) -> Path:
        """The hidden keys, as JSON files."""
        return self.root / "checkout" / "solutions" / "92_attacked" / "key"

    @property
    def gradebook(self) -> Path:
        """A gradebook (SQLite, table ``grade``, columns ``student``, ``score``)."""
        return self.root / "classroom" / "gradebook.db"

    @property
    def classmate(self) -> Path:
        """Somebody else's submission."""
        return self.root / "classroom" / "submitted" / "classmate" / "92_attacked" / "92_attacked.ipynb"

    @property
    def home(self) -> Path:
        """The grader's home folder."""
        return self.root / "home"

    @property
    def temporary(self) -> Path:
        """The grader's temporary folder: jobs may work below it and must leave nothing."""
        return self.root / "tmp"

    @property
    def notes(self) -> Path:
        """A folder of the grader's that everybody on the machine may write to."""
        return self.root / "notes"


class Notebook:
    """A submission in the making: the release with honest answers, as plain JSON that an attack may bend.

    Attributes:
        data: the notebook as ``json.loads`` gives it; sources are strings.
        paths: where the secrets lie.
    """

    def __init__(self, data: dict[str, Any], paths: Paths) -> None:
        self.data = data
        self.paths = paths

    @property
    def cells(self) -> list[dict[str, Any]]:
        """The cells, to be changed at will."""
        cells: list[dict[str, Any]] = self.data["cells"]
        return cells

    def cell(self, cell_id: str) -> dict[str, Any]:
        """The cell with an id: an exercise's name, or that of its check, ``check-row-softmax``."""
        return next(cell for cell in self.cells if cell.get("id") == cell_id)

    def check(self, exercise: str) -> dict[str, Any]:
        """The check cell of an exercise."""
        return self.cell("check-" + exercise.replace("_", "-"))

    def answer(self, exercise: str, source: str) -> Notebook:
        """Put an answer into its cell."""
        self.cell(exercise)["source"] = source
        return self

    def own(self, source: str, *, before: str = "", after: str = "", cell_id: str = "") -> Notebook:
        """Add a code cell of the learner's own before or after the cell with an id, else at the very end."""
        ids = [cell.get("id") for cell in self.cells]
        place = ids.index(before) if before else ids.index(after) + 1 if after else len(ids)
        self.cells.insert(place, code_cell(source, cell_id or f"own-{place}-{len(ids)}"))
        return self

    def first(self, source: str) -> Notebook:
        """Add a code cell of the learner's own before everything else, so that it runs first."""
        self.cells.insert(0, code_cell(source, f"first-{len(self.cells)}"))
        return self

    def to_bytes(self) -> bytes:
        """The file that is handed in."""
        return json.dumps(self.data).encode()


def code_cell(source: str, cell_id: str) -> dict[str, Any]:
    """A code cell without anything special."""
    return {
        "cell_type": "code",
        "id": cell_id,
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "source": source,
    }


@dataclass(frozen=True)
class Attack:
    """One dishonest or broken submission, or (kind ``twins``) an honest one that looks strange.

    Attributes:
        what: one sentence of what it does, for the table.
        build: makes the submission out of a notebook with honest answers; what it returns, if not ``None``, is handed
            in instead of that notebook.
        answer: which of :data:`tests.attacks.lesson.ANSWERS` it rides on. The score must equal that answer's …
        may: … except that an exercise may have 0 points with one of these statuses.
        seconds: wall time within which the engine must be done with it on an idle machine; elsewhere it grows with
            what honest submissions take.
        repaired: text that must occur in what is said about repairs, if any.
        stock: what stock nbgrader does, where having it do so would hurt this machine; else it is tried.
        name: of the file; filled in when it is loaded.
        kind: of the folder; filled in when it is loaded.
    """

    what: str
    build: Callable[[Notebook], bytes | None]
    answer: str = "mixed"
    may: tuple[str, ...] = ()
    seconds: float = 15.0
    repaired: str = ""
    stock: str = ""
    name: str = ""
    kind: str = ""

    def __post_init__(self) -> None:
        if self.answer not in ANSWERS:
            raise ValueError(f"there is no answer {self.answer!r}: choose from {', '.join(ANSWERS)}")

    def submission(self, blank: Mapping[str, Any], paths: Paths) -> bytes:
        """The bytes that are handed in."""
        notebook = honest(blank, self.answer, paths)
        built = self.build(notebook)
        return notebook.to_bytes() if built is None else built


@dataclass(frozen=True)
class Drill:
    """An attack that is more than one submission.

    Attributes:
        what: one sentence, for the table.
        run: does it all; returns one sentence for everything that went wrong, nothing where the grader withstood.
        stock: what stock nbgrader does, where it was looked at; empty where it does not apply.
        outcome: what a grader that withstands does, in a few words for the table.
    """

    what: str
    run: Callable[[Arena], list[str]]
    outcome: str = "withstood"
    stock: str = ""
    seconds: float = field(default=30.0)
    name: str = ""
    kind: str = ""


def honest(blank: Mapping[str, Any], answer: str, paths: Paths) -> Notebook:
    """The release with the honest answers of a name."""
    notebook = Notebook(copy.deepcopy(dict(blank)), paths)
    for exercise, source in ANSWERS[answer].items():
        notebook.answer(exercise, source)
    return notebook


def load(kinds: tuple[str, ...] = KINDS) -> list[Attack | Drill]:
    """All attacks of some kinds, in the order of their files' names.

    Raises:
        TypeError: if a file holds none.
    """
    found: list[Attack | Drill] = []
    for kind in kinds:
        for path in sorted((HERE / kind).glob("*.py")):
            if path.stem.startswith("_"):
                continue
            module = importlib.import_module(f"tests.attacks.{kind}.{path.stem}")
            attack = getattr(module, "ATTACK", None) or getattr(module, "DRILL", None)
            if not isinstance(attack, Attack | Drill):
                raise TypeError(f"{path} defines neither ATTACK nor DRILL")
            found.append(replace(attack, name=path.stem, kind=kind))
    return found
