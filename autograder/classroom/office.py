"""nbgrader's side of grading: its settings and its gradebook, opened while the engine is still warming up."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from nbformat import NotebookNode

from autograder.build.notebook import check_id
from autograder.classroom.folder import Classroom
from autograder.errors import AutograderError
from course.checking.verdict import Verdict

if TYPE_CHECKING:
    from autograder.classroom.gradebook import Book, Entry
    from autograder.classroom.skeleton import Skeleton

_LOOK = "The grader failed on this exercise; it needs a look by hand."
#: Settings of nbgrader's ``Autograde`` that the engine does not carry out.
_ITS_OWN = (
    "sanitize_preprocessors", "autograde_preprocessors", "exporter_class", "pre_convert_hook", "post_convert_hook",
)  # fmt: skip


class Opening:
    """Opens an office in a thread of its own: nbgrader takes a second to import, and the engine longer to warm up."""

    def __init__(self, classroom: Classroom, lesson: str, skeleton: Skeleton) -> None:
        self._office: Office | None = None
        self._error: BaseException | None = None

        def open_it() -> None:
            try:
                self._office = Office(classroom, lesson, skeleton)
            except BaseException as error:
                self._error = error

        self._thread = threading.Thread(target=open_it, daemon=True, name="office")
        self._thread.start()

    def get(self) -> Office:
        """The office, as soon as it is open.

        Raises:
            AutograderError: if it cannot be opened.
        """
        self._thread.join()
        if self._error is not None:
            raise self._error
        assert self._office is not None
        return self._office

    def close(self) -> None:
        """Close it."""
        self._thread.join()
        if self._office is not None:
            self._office.close()


@dataclass(frozen=True)
class Files:
    """How nbgrader is set to treat files: what it passes over, and with which permissions it writes."""

    ignore: tuple[str, ...]
    permissions: int
    group: bool


class Office:
    """Turns results into what nbgrader keeps of them.

    Raises:
        AutograderError: if nbgrader's settings ask for what only nbgrader does, or its gradebook does not fit.
    """

    def __init__(self, classroom: Classroom, lesson: str, skeleton: Skeleton) -> None:
        from nbgrader import utils
        from nbgrader.converters import Autograde
        from nbgrader.preprocessors import AssignLatePenalties, IgnorePattern, LimitOutput

        from autograder.classroom.gradebook import Book

        classroom.prepare()
        api = classroom.api()
        app = Autograde(coursedir=api.coursedir, parent=api)
        _refuse_foreign_settings(app)
        self._utils = utils
        self._late = AssignLatePenalties(parent=app)
        self._late.init_plugin()
        self._trim = [step for step in (IgnorePattern(parent=app), LimitOutput(parent=app)) if step.enabled]
        coursedir = api.coursedir
        #: How files are treated.
        self.files = Files(tuple(coursedir.ignore), int(str(app.permissions), 8), bool(coursedir.groupshared))
        self._source = classroom.source(lesson).parent
        self._lessons_own = self._found(self._source)
        self._kept = set(app.exclude_overwriting.get(lesson, []))
        self._gradebook = api.gradebook
        #: The gradebook of the lesson.
        self.book: Book = Book(self._gradebook, lesson, self._penalty)
        self._check_release(skeleton, lesson)
        self._kernelspec = json.loads(self.book.kernelspec or "{}")
        #: ``{student: key}`` of the ledger, as it was when this was opened.
        self.keys = self.book.keys()

    def close(self) -> None:
        """Close the gradebook."""
        self._gradebook.close()

    def _check_release(self, skeleton: Skeleton, lesson: str) -> None:
        """Cells that a learner may not change must be those that the gradebook knows: nbgrader would put them back."""
        for cell in skeleton.notebook.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            known = self.book.cells.get(name)
            if known is None or not known.locked:
                continue
            if self._utils.compute_checksum(cell) != known.checksum or cell.cell_type != known.cell_type:
                raise AutograderError(
                    f"The release of {lesson} in {self._source.parent.parent} is not the one that the gradebook knows "
                    f"(cell {name}): run `autograder release {lesson}` again."
                )

    def _penalty(self, student: str, score: float, late: float) -> float | None:
        penalty = self._late.plugin_inst.late_submission_penalty(student, score, late)
        if penalty is None:
            return None
        return float(self._late._check_late_penalty(SimpleNamespace(score=score), penalty))

    def timestamp(self, text: str | None) -> datetime | None:
        """What nbgrader reads from a ``timestamp.txt``; nothing where it holds no time."""
        try:
            found: datetime | None = self._utils.parse_utc(text.strip()) if text and text.strip() else None
        except (ValueError, OverflowError):
            return None
        return found

    def further_files(self, submitted: Path, lesson: str) -> dict[str, Path]:
        """``{relative path: file}`` of what nbgrader puts beside the notebook: the lesson's files win."""
        found: dict[str, Path] = {}
        # Hardly anybody hands in more than a notebook, and nbgrader matches every name with a dozen patterns.
        if submitted.is_dir() and set(os.listdir(submitted)) - {f"{lesson}.ipynb", "timestamp.txt"}:
            found |= self._found(submitted)
        return found | {name: path for name, path in self._lessons_own.items() if name not in self._kept}

    def _found(self, folder: Path) -> dict[str, Path]:
        if not folder.is_dir():
            return {}
        names = self._utils.find_all_files(str(folder), [*self.files.ignore, "*.ipynb"])
        paths = {str(Path(name).relative_to(folder)): Path(name) for name in names}
        return {name: path for name, path in paths.items() if name != "timestamp.txt"}

    def finish(self, notebook: NotebookNode) -> None:
        """Bring a notebook that has run into the form in which nbgrader's own steps leave it."""
        if self._kernelspec:
            notebook.metadata["kernelspec"] = dict(self._kernelspec)
        for index, cell in enumerate(notebook.cells):
            grading = cell.metadata.get("nbgrader")
            known = self.book.cells.get(grading.get("grade_id")) if grading else None
            if known is not None:
                grading["checksum"] = known.checksum
                if known.points is not None:
                    grading["points"] = known.points
            if cell.cell_type == "code" and cell.outputs:
                for step in self._trim:
                    step.preprocess_cell(cell, {}, index)

    def entry(
        self, student: str, notebook: NotebookNode, verdicts: Iterable[Verdict], timestamp: str | None, key: str
    ) -> Entry:
        """What goes to the gradebook."""
        from autograder.classroom.gradebook import Entry

        by_check: Mapping[str, Verdict] = {check_id(verdict.exercise): verdict for verdict in verdicts}
        failures = {verdict.exercise for verdict in by_check.values() if verdict.status == "grader_error"}
        scores: dict[str, float | None] = {}
        comments: dict[str, str | None] = {}
        look: set[str] = set()
        for cell in notebook.cells:
            grading = cell.metadata.get("nbgrader", {})
            name = grading.get("grade_id", "")
            if grading.get("grade"):
                verdict = by_check.get(name)
                scores[name] = float(verdict.points) if verdict else self._utils.determine_grade(cell)[0]
                if verdict is not None and verdict.exercise in failures:
                    look.add(name)
            if grading.get("solution") or grading.get("task"):
                comments[name] = _LOOK if name in failures else self._comment(cell)
        return Entry(student, self.timestamp(timestamp), scores, comments, frozenset(look), "" if failures else key)

    def _comment(self, cell: Any) -> str | None:
        task = self._utils.is_task(cell)
        untouched = cell.metadata.nbgrader.get("checksum") == self._utils.compute_checksum(cell)
        return "No response." if untouched and not task else None


def _refuse_foreign_settings(app: Any) -> None:
    from autograder.classroom.exporter import IntakeExporter
    from autograder.classroom.settings import AUTOGRADE_PREPROCESSORS

    plain = type(app)(coursedir=app.coursedir)
    expected = {
        **{name: getattr(plain, name) for name in _ITS_OWN},
        "autograde_preprocessors": AUTOGRADE_PREPROCESSORS,
        "exporter_class": IntakeExporter,
    }
    for name in _ITS_OWN:
        if getattr(app, name) != expected[name]:
            raise AutograderError(
                f"nbgrader_local.py sets Autograde.{name}, which nbgrader alone carries out: add --engine nbgrader."
            )
