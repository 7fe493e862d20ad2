"""Two thousand mutants of honest notebooks: each ends with a score or a named status, within its bounds.

All go through the intake, which is where a file is read; every tenth is then run and judged by the engine.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import nbformat
import pytest
from hypothesis import HealthCheck, Verbosity, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from autograder.classroom.intake import take_in
from course.checking.verdict import STATUSES
from tests.attacks import mutants
from tests.attacks.harness import Arena, is_points
from tests.attacks.lesson import EXERCISES, POINTS
from tests.attacks.world import SECRETS, changes, descendants, left_over, snapshot

#: Two thousand in all.
TAKEN_IN, GRADED = 600, 200
#: Seconds for reading one, and for grading one (two runs of up to 10 s each, and their ends).
READING, GRADING = 5.0, 30.0

_SETTINGS = {
    "deadline": None, "print_blob": True, "verbosity": Verbosity.normal,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
}  # fmt: skip


@pytest.fixture(scope="module")
def arena() -> Iterator[Arena]:
    """The grader that is fuzzed."""
    with Arena(workers=1) as opened:
        yield opened


def _strategy(arena: Arena, level: Callable[[bytes], SearchStrategy[bytes]]) -> SearchStrategy[bytes]:
    return st.sampled_from(["mixed", "right", "begun"]).flatmap(lambda name: level(arena.honest(name).to_bytes()))


@pytest.mark.timeout(200)
@pytest.mark.parametrize("level", [mutants.of_bytes, mutants.of_json, mutants.of_cells], ids=lambda f: f.__name__)
def test_every_mutant_is_taken_in_or_refused_in_a_sentence(
    arena: Arena, level: Callable[[bytes], SearchStrategy[bytes]]
) -> None:
    release = [cell for cell in arena.skeleton.notebook.cells if cell.metadata.get("nbgrader")]

    @settings(max_examples=TAKEN_IN, **_SETTINGS)  # type: ignore[arg-type]
    @given(data=_strategy(arena, level))
    def fuzz(data: bytes) -> None:
        started = time.monotonic()
        taken = take_in(data, arena.skeleton)
        assert time.monotonic() - started < READING
        assert not taken.failure, taken.failure
        assert all(note and len(note) < 1_000 and "\n" not in note for note in taken.notes)
        if taken.malformed:
            assert len(taken.malformed) < 400
            assert taken.malformed.endswith(".") or ":" in taken.malformed
            return
        notebook = taken.notebook
        nbformat.validate(notebook)
        assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
        # Whatever was handed in: the graded cells are those of the release, in their order, and checks word for word.
        graded = [cell for cell in notebook.cells if cell.metadata.get("nbgrader")]
        assert [(cell.id, cell.cell_type, cell.metadata) for cell in graded] == [
            (cell.id, cell.cell_type, cell.metadata) for cell in release
        ]
        for cell, original in zip(graded, release, strict=True):
            assert cell.source == original.source or cell.metadata.nbgrader.get("solution")
        # What was repaired can be handed in again.
        again = take_in(nbformat.writes(notebook).encode(), arena.skeleton)
        assert not again.failure
        assert not again.malformed

    fuzz()


@pytest.mark.timeout(280)
def test_every_mutant_is_graded_with_a_score_or_a_named_status(arena: Arena) -> None:
    files, processes = snapshot(arena.paths), descendants()
    seen: set[str] = set()

    @settings(max_examples=GRADED, **_SETTINGS)  # type: ignore[arg-type]
    @given(data=_strategy(arena, mutants.of_any))
    def fuzz(data: bytes) -> None:
        started = time.monotonic()
        graded = arena.grader.grade({"mutant": data})["mutant"]
        assert time.monotonic() - started < GRADING
        assert tuple(graded.verdicts) == EXERCISES
        for name, verdict in graded.verdicts.items():
            assert is_points(verdict.points, verdict.max_points)
            assert verdict.max_points == POINTS[name]
            assert verdict.status in STATUSES
            assert verdict.status != "grader_error", graded.notes
            assert (verdict.points == 0) or verdict.status in ("pass", "partial")
            assert verdict.message
            seen.add(verdict.status)
        nbformat.validate(graded.notebook)
        received = graded.received()
        assert [what for what, text in SECRETS.items() if text in received] == []

    fuzz()
    assert {"pass", "partial", "fail", "error", "missing", "malformed"} <= seen, (
        "mutants that are all alike find nothing"
    )
    assert not left_over(processes)
    assert not changes(files, snapshot(arena.paths))
