"""Repair: whatever cells a submission has are set into the skeleton of the release, and every repair is said.

The result has all cells of the release in their order. Answers come from the submission, checks from the release; a
learner's own cells stay, each behind the cell that it followed. Which submitted cell is an answer is told by its
``grade_id``, else by its cell id, else by the name that it defines. Where several define it, the last one that is not
the untouched stub wins, as it would in the kernel.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import nbformat

from autograder.classroom.names import defined_names, is_unwritten, normalised, parsed, remembered
from autograder.classroom.reading import Malformed, SubmittedCell, SubmittedNotebook
from autograder.classroom.skeleton import Skeleton, SkeletonExercise

_CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


@dataclass(frozen=True)
class Repaired:
    """A notebook ready for grading.

    Attributes:
        notebook: the release with the learner's answers and own cells.
        notes: what was repaired, one sentence each.
    """

    notebook: nbformat.NotebookNode
    notes: tuple[str, ...]


def repair(submitted: SubmittedNotebook, skeleton: Skeleton) -> Repaired:
    """Set a submission into the skeleton.

    Raises:
        Malformed: if it is the notebook of another lesson.
    """
    return _Repair(submitted, skeleton).run()


@dataclass
class _Answer:
    """Which submitted cells make up one answer."""

    winner: int | None = None
    marked: list[int] = field(default_factory=list)
    named: list[int] = field(default_factory=list)
    stub_seen: bool = False
    by: str = ""


class _Repair:
    def __init__(self, submitted: SubmittedNotebook, skeleton: Skeleton) -> None:
        self.submitted = submitted
        self.cells = submitted.cells
        self.skeleton = skeleton
        self.release = skeleton.notebook.cells
        self.notes: list[str] = list(submitted.notes)
        self.defines = [
            defined_names(cell.source) if cell.cell_type != "markdown" else frozenset() for cell in self.cells
        ]
        self.answers = {exercise.answer: exercise for exercise in skeleton.exercises.values()}
        self.checks = {exercise.check: exercise for exercise in skeleton.exercises.values()}
        self.role = self._roles()
        #: Submitted cells that do not stand in the result by themselves: used as answers, or untouched stubs.
        self.spent: set[int] = set()
        #: Submitted cells that must run directly before the answer of an exercise.
        self.before: dict[str, list[int]] = defaultdict(list)
        #: … and directly after it.
        self.after: dict[str, list[int]] = defaultdict(list)

    def run(self) -> Repaired:
        self._refuse_other_lesson()
        exercises = self.skeleton.exercises.values()
        found = {exercise.name: self._find_answer(exercise) for exercise in exercises}
        self.winners = {answer.winner for answer in found.values() if answer.winner is not None}
        plain = self._plain_cells()
        self.follows = self._anchors(found, plain)
        self._say_release_and_metadata(found)
        notebook = self.skeleton.copy()
        holders: dict[int, str] = {}
        for exercise in exercises:
            self._sort_rivals(exercise, found[exercise.name])
            self._place_answer(notebook.cells[exercise.answer], exercise, found[exercise.name], holders)
        self._restore_checks()
        self._place_plain_cells(notebook, plain)
        self._say_moved()
        self._say_tags()
        notebook.cells = self._woven(notebook)
        return Repaired(notebook, tuple(self.notes))

    # Which submitted cell is which cell of the release

    def _roles(self) -> list[int | None]:
        by_grade_id: dict[str, int] = {}
        by_cell_id: dict[str, int] = {}
        by_source: dict[str, int] = {}
        for index, cell in enumerate(self.release):
            grading = cell.metadata.get("nbgrader", {})
            if grading.get("grade_id"):
                by_grade_id[grading["grade_id"]] = index
            by_cell_id[cell.id] = index
            if normalised(cell.source):
                by_source.setdefault(normalised(cell.source), index)
        return [
            next(
                (
                    index
                    for index in (
                        by_grade_id.get(cell.grade_id),
                        by_cell_id.get(cell.cell_id),
                        by_source.get(normalised(cell.source)),
                    )
                    if index is not None and self._may_be(cell, index)
                ),
                None,
            )
            for cell in self.cells
        ]

    def _may_be(self, cell: SubmittedCell, index: int) -> bool:
        """A cell of another type is another cell, except that an answer may have been turned into text by accident."""
        return cell.cell_type == self.release[index].cell_type or (index in self.answers and cell.cell_type != "code")

    def _refuse_other_lesson(self) -> None:
        course = self.submitted.metadata.get("course")
        other = course.get("lesson") if isinstance(course, dict) else None
        if isinstance(other, str) and other != self.skeleton.lesson and not self._related():
            raise Malformed(
                f"This is the notebook of lesson {other[:60]}, and lesson {self.skeleton.lesson} was to be handed in."
            )
        if self.cells and not self._related():
            self.notes.append("The notebook holds none of this lesson's exercises.")

    def _related(self) -> bool:
        return any(
            role in self.answers or role in self.checks or any(name in self.skeleton.exercises for name in names)
            for role, names in zip(self.role, self.defines, strict=True)
        )

    # Answers

    def _untouched(self, index: int) -> bool:
        source = self.cells[index].source
        return not source.strip() or normalised(source) in self.skeleton.stubs or is_unwritten(source)

    def _find_answer(self, exercise: SkeletonExercise) -> _Answer:
        release_cell = self.release[exercise.answer]
        grade_id = release_cell.metadata["nbgrader"]["grade_id"]
        every = range(len(self.cells))
        marked = [i for i in every if self.cells[i].grade_id == grade_id and self.role[i] == exercise.answer]
        by_id = [i for i in every if i not in marked and self.role[i] == exercise.answer]
        by_name = [
            i for i in every
            if i not in marked and i not in by_id and exercise.name in self.defines[i] and not self._is_unchanged(i)
        ]  # fmt: skip
        answer = _Answer(marked=marked + by_id, named=by_name)
        fallback: int | None = None
        for by, tier in (("grade_id", marked), ("id", by_id), ("name", by_name)):
            written = [i for i in tier if not self._untouched(i)]
            answer.stub_seen |= len(written) < len(tier)
            defining = [i for i in written if exercise.name in self.defines[i]]
            if defining:
                answer.winner, answer.by = defining[-1], by
                break
            fallback = fallback if fallback is not None or not written else written[-1]
        if answer.winner is None and fallback is not None:
            answer.winner, answer.by = fallback, "grade_id" if fallback in marked else "id"
        return answer

    def _is_unchanged(self, index: int) -> bool:
        role = self.role[index]
        return role is not None and normalised(self.cells[index].source) == normalised(self.release[role].source)

    def _sort_rivals(self, exercise: SkeletonExercise, answer: _Answer) -> None:
        """Keep what stands beside the winner, in the same order; drop untouched stubs, which would undo it."""
        rivals = 0
        for index in sorted({*answer.marked, *answer.named} - self.winners):
            if self._untouched(index):
                self.spent.add(index)
                continue
            rivals += index in answer.marked
            if answer.winner is not None and index < answer.winner and self._would_follow(index, exercise):
                self.before[exercise.name].append(index)
            elif index in answer.marked:
                self.after[exercise.name].append(index)
        if answer.winner is not None:
            self._bring_helpers(exercise, answer.winner)
        if rivals:
            self.notes.append(
                f"The answer cell of {exercise.name} was there {rivals + 1} times; "
                f"the last one that defines {exercise.name} counts."
            )

    def _would_follow(self, index: int, exercise: SkeletonExercise) -> bool:
        """Whether one of the learner's own cells would, where it stands, run only after the answer."""
        role = self.role[index]
        return role == exercise.answer or (role is None and self.follows[index] >= exercise.answer)

    def _bring_helpers(self, exercise: SkeletonExercise, winner: int) -> None:
        """An answer from further down moves up to its check; own cells that define what it uses go with it."""
        wanted = set(_used_names(self.cells[winner].source))
        taken = self.before[exercise.name]
        for index in range(winner - 1, -1, -1):
            free = self.role[index] is None and index not in taken and index not in self.winners | self.spent
            if free and self.follows[index] >= exercise.answer and self.defines[index] & wanted:
                taken.append(index)
                wanted |= _used_names(self.cells[index].source)
        taken.sort()

    def _anchors(self, found: dict[str, _Answer], plain: dict[int, int]) -> list[int]:
        """For each submitted cell, the cell of the release that it follows (-1: none).

        Only cells that kept their order count, so that what follows a moved cell is not moved with it.
        """
        ordered = set(_longest_rising(self._first_places()))
        claimed = set(plain.values())
        answered = {
            answer.winner: self.skeleton.exercises[name].answer
            for name, answer in reversed(found.items())
            if answer.by == "name" and answer.winner is not None
        }
        follows: list[int] = []
        seen: set[int] = set()
        anchor = -1
        for index, role in enumerate(self.role):
            fixed = role is not None and (index in claimed or role in self.answers or role in self.checks)
            if fixed and role is not None and role in ordered and role not in seen:
                seen.add(role)
                anchor = role
            anchor = max(anchor, answered.get(index, -1))
            follows.append(anchor)
        return follows

    def _first_places(self) -> list[int]:
        return list(dict.fromkeys(role for role in self.role if role is not None))

    def _place_answer(
        self, cell: nbformat.NotebookNode, exercise: SkeletonExercise, answer: _Answer, holders: dict[int, str]
    ) -> None:
        name = exercise.name
        if answer.winner is None:
            if not answer.stub_seen:
                self.notes.append(f"No cell answers {name}: its cell is missing, and no other one defines {name}.")
            return
        chosen = self.cells[answer.winner]
        if answer.winner in holders:
            cell.source = f"# {name} is answered together with {holders[answer.winner]}, in an earlier cell."
            return
        holders[answer.winner] = name
        cell.source = chosen.source
        self.spent.add(answer.winner)
        if chosen.cell_type != "code":
            self.notes.append(f"The answer cell of {name} had become a text cell; it was run as code.")
        if answer.by == "name" and any(other.has_metadata for other in self.cells):
            self.notes.append(f"The answer to {name} was found by its name, outside its own cell.")

    # Everything else

    def _restore_checks(self) -> None:
        for index, exercise in self.checks.items():
            copies = [i for i, role in enumerate(self.role) if role == index]
            self.spent.update(copies)
            if not copies:
                self.notes.append(f"The check cell of {exercise.name} was missing; it was put back.")
            elif any(normalised(self.cells[i].source) != normalised(self.release[index].source) for i in copies):
                self.notes.append(f"The check cell of {exercise.name} had been changed; the original one was used.")
            if len(copies) > 1:
                self.notes.append(f"The check cell of {exercise.name} was there {len(copies)} times; it was run once.")

    def _plain_cells(self) -> dict[int, int]:
        """``{cell of the release: submitted cell}`` of those that are neither answer nor check."""
        plain: dict[int, int] = {}
        for index, role in enumerate(self.role):
            taken = role is None or role in self.answers or role in self.checks
            if role is not None and not taken and self.cells[index].source.strip():
                plain.setdefault(role, index)
        return plain

    def _place_plain_cells(self, notebook: nbformat.NotebookNode, plain: dict[int, int]) -> None:
        """Fill cells that are neither answer nor check; a learner may have changed them, and keeps the change."""
        restored = {"code": 0, "markdown": 0}
        for index, cell in enumerate(notebook.cells):
            if index in self.answers or index in self.checks:
                continue
            if index not in plain:
                restored[cell.cell_type] = restored.get(cell.cell_type, 0) + bool(cell.source.strip())
                continue
            self.spent.add(plain[index])
            if not cell.metadata.get("nbgrader", {}).get("locked"):
                cell.source = self.cells[plain[index]].source
        for kind, count in (("code", restored["code"]), ("text", restored["markdown"])):
            if count:
                of = f"{count} {kind} cells of the lesson were" if count > 1 else f"A {kind} cell of the lesson was"
                self.notes.append(f"{of} missing and put back.")

    def _woven(self, notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
        """The release's cells in order, with the learner's own cells where they were."""
        placed = {i for group in (*self.before.values(), *self.after.values()) for i in group} | self.spent
        following: dict[int, list[int]] = defaultdict(list)
        retired = 0
        for index, cell in enumerate(self.cells):
            if index in placed or not cell.source.strip():
                continue
            if self.role[index] is None and normalised(cell.source) in self.skeleton.retired:
                retired += 1
                continue
            following[self.follows[index]].append(index)
        if retired:
            self.notes.append(f"{retired} cell(s) that only the older release has were left out.")
        ids = {cell.id for cell in notebook.cells}
        woven = [self._own_cell(i, ids) for i in following[-1]]
        for position, cell in enumerate(notebook.cells):
            exercise = self.answers.get(position)
            name = exercise.name if exercise is not None else ""
            woven += [self._own_cell(i, ids) for i in self.before.get(name, [])]
            woven.append(cell)
            woven += [self._own_cell(i, ids) for i in (*self.after.get(name, []), *following[position])]
        return woven

    def _own_cell(self, index: int, ids: set[str]) -> nbformat.NotebookNode:
        cell = self.cells[index]
        cell_id = cell.cell_id if _CELL_ID.fullmatch(cell.cell_id) and cell.cell_id not in ids else f"own-{index}"
        ids.add(cell_id)
        if cell.cell_type == "code":
            return nbformat.v4.new_code_cell(cell.source, id=cell_id)
        if cell.cell_type == "markdown":
            more = {"attachments": dict(cell.attachments)} if cell.attachments else {}
            return nbformat.v4.new_markdown_cell(cell.source, id=cell_id, **more)
        return nbformat.v4.new_raw_cell(cell.source, id=cell_id)

    # What is said

    def _say_release_and_metadata(self, found: dict[str, _Answer]) -> None:
        course = self.submitted.metadata.get("course")
        release = course.get("release") if isinstance(course, dict) else None
        if isinstance(release, str) and release and self.skeleton.release and release != self.skeleton.release:
            self.notes.append(
                f"The notebook was made from another release of the lesson ({release[:12]}); "
                f"its answers were graded as the current one ({self.skeleton.release[:12]})."
            )
        if self.cells and self._related() and not any(cell.has_metadata for cell in self.cells):
            ways = {answer.by for answer in found.values() if answer.by}
            how = " and ".join(
                text for by, text in (("id", "their cell ids"), ("name", "the names that they define")) if by in ways
            )
            self.notes.append(
                "The notebook has lost its nbgrader metadata (some editors do not keep it)"
                + (f"; answers were recognised by {how}." if how else ".")
            )

    def _say_moved(self) -> None:
        order = self._first_places()
        moved = set(order) - set(_longest_rising(order))
        if not moved:
            return
        names = [f"the answer of {self.answers[i].name}" for i in sorted(moved) if i in self.answers]
        names += [f"the check of {self.checks[i].name}" for i in sorted(moved) if i in self.checks]
        which = f" ({', '.join(names)})" if names else ""
        count = "A cell had" if len(moved) == 1 else f"{len(moved)} cells had"
        self.notes.append(f"{count} been moved{which}; the order of the lesson was restored.")

    def _say_tags(self) -> None:
        tagged = sum("skip-execution" in cell.tags for cell in self.cells)
        if tagged:
            self.notes.append(f"{tagged} cell(s) carried the tag skip-execution; they were run like all others.")


@remembered
def _used_names(source: str) -> frozenset[str]:
    tree = parsed(source)
    if tree is None:
        return frozenset()
    return frozenset(
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    )


def _longest_rising(numbers: Iterable[int]) -> list[int]:
    """The longest rising subsequence: the cells that kept their order."""
    tails: list[int] = []
    ends: list[int] = []
    previous: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(tails, number)
        previous[number] = ends[place - 1] if place else None
        tails[place : place + 1] = [number]
        ends[place : place + 1] = [number]
    rising: list[int] = []
    current: int | None = ends[-1] if ends else None
    while current is not None:
        rising.append(current)
        current = previous[current]
    return rising[::-1]
