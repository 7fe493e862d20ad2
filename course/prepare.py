"""The learner's working copy: made at the first start, brought up to date at every other."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from course.progress import Progress
from course.update import Notebook, merge
from course.workspace import course_folder, workspace_folder

START = "START.md"


def released_lessons() -> list[Path]:
    """The release notebooks, in the order of the lessons."""
    return sorted(course_folder().glob("[0-9][0-9]_*/[0-9][0-9]_*.ipynb"))


def prepare(workspace: Path | None = None, say: Callable[[str], None] = print) -> Path:
    """Make or renew the working copy of every lesson, and the start page; answers are never overwritten.

    Returns:
        The workspace folder.
    """
    folder = workspace or workspace_folder()
    folder.mkdir(parents=True, exist_ok=True)
    for release in released_lessons():
        message = renew(release, folder)
        if message:
            say(message)
    (folder / START).write_text(start_page(folder), encoding="utf-8", newline="\n")
    return folder


def lesson_copy(lesson: str, folder: Path) -> Path:
    """Where a learner's copy of a lesson lies."""
    return folder / lesson / f"{lesson}.ipynb"


def renew(release: Path, folder: Path) -> str:
    """Bring one lesson's copy up to date; returns what was done, in a sentence, or nothing."""
    lesson = release.stem
    mine, handed_out = lesson_copy(lesson, folder), folder / ".handed-out" / release.name
    text = release.read_text(encoding="utf-8")
    if not mine.exists():
        _write(mine, text)
        _write(handed_out, text)
        return f"{lesson}: ready."
    if handed_out.exists() and handed_out.read_text(encoding="utf-8") == text:
        return ""
    if mine.read_bytes() == (handed_out.read_bytes() if handed_out.exists() else b""):
        _write(mine, text)
        _write(handed_out, text)
        return f"{lesson}: renewed; you had not changed it."
    backup = _back_up(mine, folder)
    try:
        # A copy of unknown origin is taken for one of this release: what differs from it is the learner's.
        before: Notebook = json.loads(handed_out.read_text(encoding="utf-8") if handed_out.exists() else text)
        merged = merge(before, json.loads(mine.read_text(encoding="utf-8")), json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError):
        _write(mine, text)
        _write(handed_out, text)
        return f"{lesson}: your copy was no readable notebook; it is kept as {backup}, and a fresh one took its place."
    _write(mine, json.dumps(merged, indent=1, ensure_ascii=False) + "\n")
    _write(handed_out, text)
    return f"{lesson}: renewed with your answers in it; your copy as it was is kept as {backup}."


def reset(lesson: str, workspace: Path | None = None) -> str:
    """Put a fresh copy of a lesson in place of the learner's, which is kept.

    Raises:
        LookupError: if there is no such lesson; the message lists them.
    """
    folder = workspace or workspace_folder()
    release = find_release(lesson)
    mine = lesson_copy(release.stem, folder)
    kept = f" Your copy is kept as {_back_up(mine, folder)}." if mine.exists() else ""
    text = release.read_text(encoding="utf-8")
    _write(mine, text)
    _write(folder / ".handed-out" / release.name, text)
    return f"{release.stem}: a fresh copy is in place.{kept}"


def find_release(lesson: str) -> Path:
    """The release notebook of a lesson; ``05`` is enough for ``05_attention``.

    Raises:
        LookupError: if there is no such lesson; the message lists them.
    """
    for path in released_lessons():
        if lesson in (path.stem, path.stem.split("_")[0]):
            return path
    names = ", ".join(path.stem for path in released_lessons()) or "none yet"
    raise LookupError(f"There is no lesson {lesson!r}. The lessons are: {names}.")


def _back_up(path: Path, folder: Path) -> str:
    stamp = datetime.now().strftime("%Y-%m-%d-%H%M%S")
    backup = folder / ".backups" / f"{path.stem}.{stamp}.ipynb"
    number = 1
    while backup.exists():
        number += 1
        backup = backup.with_name(f"{path.stem}.{stamp}-{number}.ipynb")
    backup.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(path, backup)
    return backup.relative_to(folder).as_posix()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + ".part")
    half.write_text(text, encoding="utf-8", newline="\n")
    half.replace(path)


def lessons_index() -> list[dict[str, Any]]:
    """``course/lessons.json``: what the lessons are, for tables."""
    data: list[dict[str, Any]] = json.loads((course_folder() / "lessons.json").read_text(encoding="utf-8"))
    return data


def earned(lesson: dict[str, Any], progress: dict[str, dict[str, Any]]) -> tuple[float, int]:
    """Points earned in a lesson so far, and exercises with full points."""
    entries = [(progress.get(e["name"], {}), e) for e in lesson["exercises"]]
    points = sum(float(entry.get("points", 0)) for entry, _ in entries)
    return points, sum(float(entry.get("points", 0)) >= e["points"] for entry, e in entries)


def start_page(folder: Path) -> str:
    """The start page as Markdown: where to begin, and how far one is."""
    progress = Progress(folder / ".progress.json").read()
    rows = []
    for lesson in lessons_index():
        points, done = earned(lesson, progress)
        number = lesson["name"].split("_")[0]
        rows.append(
            f"| [{number} · {lesson['title']}]({lesson['name']}/{lesson['name']}.ipynb) | {lesson['summary']} "
            f"| {lesson['minutes']} | {done} of {len(lesson['exercises'])} | {points:g} of {lesson['points']:g} |"
        )
    table = "\n".join(rows)
    return f"""# LLM from Zero

Click a lesson to open it. Work from top to bottom; run a cell with **Shift+Enter**.

| lesson | what you do | minutes | exercises done | points |
|---|---|---:|---:|---:|
{table}

## How a lesson works

* A cell that says `# YOUR CODE HERE` is yours. Write your answer there and run the cell.
* The cell below it, `check("…", …)`, tells at once whether it is right, and if not, which mistake it looks like.
* `hint("…")` in a cell of its own gives a hint; three for each exercise, one a call. Hints cost nothing.
* You may add cells, try things out and break things. **Kernel → Restart Kernel** starts afresh; your text stays.

This folder is yours: an update of the course never overwrites your answers. The figures above are renewed whenever
the course starts. To start a lesson over: `python3 setup/run.py course reset 05_attention` (your copy is kept).
"""
