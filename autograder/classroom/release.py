"""``autograder release``: a built lesson becomes an nbgrader assignment of the classroom."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.classroom.folder import Classroom, Content, last_words
from autograder.errors import AutograderError


def release(classroom: Classroom, lesson: str, content: Content) -> Path:
    """Release a lesson; returns the notebook to hand out.

    The release is made by nbgrader from the solution notebook, so that its gradebook knows every cell, and must equal
    the one that the repository holds.

    Raises:
        AutograderError: if the lesson is not built, or nbgrader's release differs from the repository's.
    """
    lesson = content.lesson(lesson)
    keys = sorted(content.keys(lesson).glob("*.json"))
    if not keys:
        raise AutograderError(
            f"Lesson {lesson} has no hidden keys in {content.keys(lesson)}: run `autograder build {lesson}`."
        )
    classroom.prepare()
    with _undone_on_failure(classroom.source(lesson), classroom.release(lesson)):
        classroom.source(lesson).parent.mkdir(exist_ok=True)
        shutil.copyfile(content.solution(lesson), classroom.source(lesson))
        result = classroom.api().generate_assignment(lesson)
        if not result["success"]:
            raise AutograderError(f"nbgrader could not release {lesson}: {last_words(result)}")
        difference = _difference(content.release(lesson), classroom.release(lesson))
        if difference:
            raise AutograderError(
                f"nbgrader's release of {lesson} differs from the one in {content.release(lesson)}: {difference}. "
                f"Run `autograder build {lesson}` and release it again."
            )
        # The repository's own bytes, so that a learner of the class and one alone have the same file.
        shutil.copyfile(content.release(lesson), classroom.release(lesson))
        _copy_keys(keys, classroom.keys(lesson))
        _keep(classroom, lesson)
    return classroom.release(lesson)


@contextlib.contextmanager
def _undone_on_failure(*files: Path) -> Iterator[None]:
    """Put files back as they were if the body fails: a lesson is released as a whole or not at all."""
    before = {path: path.read_bytes() if path.is_file() else None for path in files}
    try:
        yield
    except BaseException:
        for path, data in before.items():
            if data is not None:
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(data)
            else:
                shutil.rmtree(path.parent, ignore_errors=True)
        raise


def _keep(classroom: Classroom, lesson: str) -> None:
    """Remember this release: whoever hands it in later, after the lesson has changed, is still understood."""
    notebook = json.loads(classroom.release(lesson).read_text(encoding="utf-8"))
    name = str(notebook["metadata"].get("course", {}).get("release", "unnamed"))
    folder = classroom.older_releases(lesson)
    folder.mkdir(exist_ok=True)
    shutil.copyfile(classroom.release(lesson), folder / f"{name}.ipynb")


def _copy_keys(keys: list[Path], folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.json"):
        old.unlink()
    for key in keys:
        shutil.copyfile(key, folder / key.name)


def _difference(one: Path, other: Path) -> str:
    """Where two notebooks differ, in a few words; empty if nowhere."""
    a, b = (json.loads(path.read_text(encoding="utf-8")) for path in (one, other))
    if a == b:
        return ""
    if len(a["cells"]) != len(b["cells"]):
        return f"{len(a['cells'])} cells there, {len(b['cells'])} here"
    for number, (cell, twin) in enumerate(zip(a["cells"], b["cells"], strict=True), start=1):
        if cell != twin:
            return f"cell {number} ({cell.get('id')}) in {', '.join(_differing(cell, twin))}"
    return f"the notebooks in {', '.join(_differing(a, b))}"


def _differing(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))
