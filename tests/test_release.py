"""What is handed to learners holds no solution, no hidden case, and nothing about how it was made."""

from __future__ import annotations

import json
import re
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from autograder.build.builder import read_source, release_path, solution_path
from autograder.build.regions import check_markers
from autograder.environment import ENVIRONMENT
from autograder.places import COURSE, ROOT, full_key_path, lesson_names, visible_key_path
from course.checking.key import read_key

LESSONS = lesson_names()
CANARY = "Canary-7f3d: this sentence is in the hidden key only."


def unpacked(folder: Path) -> dict[str, str]:
    """Every released file of a lesson as text, archives opened, JSON strings unescaped as well."""
    found: dict[str, str] = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                found |= {f"{path}!{n}": archive.read(n).decode("utf-8", "replace") for n in archive.namelist()}
        else:
            text = path.read_text(encoding="utf-8")
            found[str(path)] = text + "\n".join(strings(json.loads(text)) if path.suffix in (".json", ".ipynb") else [])
    return found


def strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [s for item in value.items() for part in item for s in strings(part)]
    if isinstance(value, list):
        return (
            ["".join(value)]
            if value and all(isinstance(v, str) for v in value)
            else [s for v in value for s in strings(v)]
        )
    return []


def solution_lines(source: str) -> set[str]:
    """Lines that stand only between solution markers, long enough to tell something."""
    inside, lines, outside = False, set(), set()
    for line in source.splitlines():
        bare = line.strip().removeprefix("# ").strip()
        if "### BEGIN SOLUTION" in line:
            inside = True
        elif "### END SOLUTION" in line:
            inside = False
        elif inside:
            lines.add(bare)
        else:
            outside.add(bare)
    return {line for line in lines - outside if len(line) > 14 and not line.startswith("#")}


@pytest.mark.parametrize("name", LESSONS)
def test_no_line_of_a_solution_is_released(name: str) -> None:
    source = read_source(name)
    released = unpacked(COURSE / name)
    assert released
    shown = {line.strip() for cell in source.cells if not cell.exercise for line in cell.source.splitlines()}
    for cell in source.cells:
        if cell.exercise:
            secret = solution_lines(cell.source) - shown
            assert secret or len(solution_lines(cell.source)) <= len(shown), f"{cell.exercise}: nothing to look for"
            for line in secret:
                for path, text in released.items():
                    assert line not in text, f"{path} holds a line of the solution of {cell.exercise}: {line}"


@pytest.mark.parametrize("name", LESSONS)
def test_no_code_of_a_misconception_or_alternative_is_released(name: str) -> None:
    source = read_source(name)
    released = unpacked(COURSE / name)
    for exercise in source.lesson.exercises:
        for variant in exercise.alternatives:
            lines = solution_lines("### BEGIN SOLUTION\n" + source.workbench.source_of(exercise.name, variant))
            stub = source.stub(exercise.name)
            for line in lines - {text.strip() for text in stub.splitlines()}:
                holders = [p for p, t in released.items() if line in t]
                in_prose = any(line in cell.source for cell in source.cells if cell.exercise != exercise.name)
                assert not holders or in_prose, f"{holders[0]} holds a line of {exercise.name}/{variant.name}: {line}"


@pytest.mark.parametrize("name", LESSONS)
def test_visible_keys_know_no_hidden_case(name: str) -> None:
    for exercise in read_source(name).lesson.exercises:
        full = read_key(full_key_path(name, exercise.name))
        text = visible_key_path(name, exercise.name).read_text(encoding="utf-8")
        visible = read_key(visible_key_path(name, exercise.name))
        hidden = [case for case in full.cases if case.hidden]
        assert hidden
        assert [case.name for case in visible.cases] == [case.name for case in full.cases if not case.hidden]
        for case in hidden:
            assert json.dumps(case.name, ensure_ascii=False) not in text
            for blob in long_blobs(case.expected) | long_blobs(case.steps):
                assert blob not in text, f"{exercise.name}: data of the hidden case {case.name!r}"


def long_blobs(value: Any) -> set[str]:
    """Tensor data that cannot be the same by chance."""
    if isinstance(value, dict):
        own = {value["data"]} if value.get("$") in ("tensor", "array") and len(set(value["data"])) > 20 else set()
        return own.union(*[long_blobs(v) for v in value.values()])
    return set().union(*map(long_blobs, value)) if isinstance(value, list) else set()


def test_a_canary_in_a_hidden_case_reaches_the_full_key_only(tiny_keys: dict[str, Any]) -> None:
    import dataclasses

    key = tiny_keys["tiny_softmax"]
    marked = dataclasses.replace(
        key, cases=tuple(dataclasses.replace(c, note=CANARY) if c.hidden else c for c in key.cases)
    )
    assert CANARY in marked.to_text()
    assert CANARY not in marked.visible().to_text()


@pytest.mark.parametrize("name", LESSONS)
def test_the_release_has_no_outputs_and_no_stray_metadata(name: str) -> None:
    notebook = json.loads(release_path(name).read_text(encoding="utf-8"))
    assert set(notebook["metadata"]) == {"course", "kernelspec", "language_info"}
    assert "version" not in notebook["metadata"]["language_info"]
    for cell in notebook["cells"]:
        assert set(cell["metadata"]) <= {"nbgrader", "deletable", "editable", "course"}, cell["metadata"]
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None


@pytest.mark.parametrize("name", LESSONS)
def test_nothing_committed_names_a_machine_or_a_region_that_was_misspelt(name: str) -> None:
    here = "|".join(re.escape(str(folder)) + r"\b" for folder in (ROOT, Path.home(), Path(tempfile.gettempdir())))
    for path in [*(COURSE / name).rglob("*.*"), solution_path(name)]:
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert not re.search(rf"{here}|ipykernel_\d|0x[0-9a-f]{{8}}", text), path
    notebook = json.loads(release_path(name).read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        check_markers(source, cell["id"])
        assert "### BEGIN" not in source


@pytest.mark.parametrize("name", LESSONS)
def test_nothing_else_lies_in_a_released_lesson(name: str) -> None:
    wanted = {release_path(name)} | {visible_key_path(name, e.name) for e in read_source(name).lesson.exercises}
    assert {p for p in (COURSE / name).rglob("*") if p.is_file() and ".ipynb_checkpoints" not in p.parts} == wanted


def test_arrows_between_packages_point_one_way() -> None:
    """``course`` imports neither ``autograder`` nor ``solutions``; ``autograder`` no lesson folder."""
    for path in (ROOT / "course").rglob("*.py"):
        assert not re.search(r"^\s*(?:from|import) (?:autograder|solutions|tests)\b", path.read_text("utf-8"), re.M), (
            path
        )
    for path in (ROOT / "autograder").rglob("*.py"):
        assert not re.search(r"^\s*(?:from|import) (?:solutions|tests)\b", path.read_text("utf-8"), re.M), path
    assert ENVIRONMENT["HF_HUB_OFFLINE"] == "1"
