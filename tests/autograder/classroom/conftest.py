"""The tiny lesson built in a checkout, and classrooms to try it in."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.classroom.folder import Classroom, Content
from autograder.classroom.release import release
from autograder.classroom.skeleton import Skeleton, read_skeleton
from tests.autograder.classroom.tiny import (
    CELLS,
    RIGHT,
    TINY,
    Filled,
    Runner,
    copy_of,
    filled_in,
    read_json,
    write_content,
)


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """A checkout with the tiny lesson built."""
    return write_content(tmp_path_factory.mktemp("checkout"), CELLS)


@pytest.fixture(scope="session")
def skeleton(content: Content) -> Skeleton:
    """The tiny lesson's skeleton."""
    return read_skeleton(content.release(TINY))


@pytest.fixture
def blank(content: Content) -> dict[str, Any]:
    """The release as JSON, to be changed."""
    return read_json(content.release(TINY))


@pytest.fixture
def filled(blank: dict[str, Any]) -> Filled:
    """Makes a submission: the release with answers, right ones where nothing else is said."""

    return lambda **answers: filled_in(blank, {**RIGHT, **answers})


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Runner:
    """Runs the cells of a notebook in order, in this process; tells what each answer gives where it is checked."""
    probes = {"double": 3, "mean": [3, 5], "quadruple": 3}

    def run_cells(notebook: nbformat.NotebookNode) -> dict[str, Any]:
        seen: dict[str, Any] = {}

        def check(name: str, answer: Any) -> None:
            try:
                seen.setdefault(name, answer(probes[name]))
            except Exception as error:
                seen.setdefault(name, type(error).__name__)

        monkeypatch.setattr("course.check", check)
        namespace: dict[str, Any] = {}
        for cell in notebook.cells:
            if cell.cell_type == "code":
                with contextlib.suppress(Exception), contextlib.redirect_stdout(io.StringIO()):
                    exec(cell.source, namespace)
        return seen

    return run_cells


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory, content: Content) -> Classroom:
    """A classroom in which the tiny lesson is released, to be copied and not changed: making one takes seconds."""
    made = Classroom(tmp_path_factory.mktemp("released") / "classroom")
    release(made, TINY, content)
    return made


@pytest.fixture
def classroom(tmp_path: Path, released: Classroom) -> Classroom:
    """A classroom in which the tiny lesson is released."""
    return copy_of(released, tmp_path / "classroom")
