"""Lessons and exercises as a table: for programs, for the README, for the start page."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autograder.contract import Lesson
from autograder.errors import AutograderError
from autograder.places import COURSE, ROOT

README = ROOT / "README.md"
INDEX = COURSE / "lessons.json"
_BEGIN, _END = "<!-- lessons: made by `autograder build` -->", "<!-- end of lessons -->"


def as_data(lessons: Sequence[Lesson]) -> list[dict[str, Any]]:
    """What ``autograder list --json`` prints."""
    return [
        {
            "name": lesson.name,
            "title": lesson.title,
            "summary": lesson.summary,
            "minutes": lesson.minutes,
            "reading_minutes": lesson.reading_minutes,
            "points": lesson.points,
            "exercises": [
                {
                    "name": exercise.name,
                    "lesson": lesson.name,
                    "title": exercise.title,
                    "points": exercise.points,
                    "difficulty": exercise.difficulty,
                    "minutes": exercise.minutes,
                    "misconceptions": len(exercise.misconceptions),
                }
                for exercise in lesson.exercises
            ],
        }
        for lesson in lessons
    ]


def index_text(lessons: Sequence[Lesson]) -> str:
    """``course/lessons.json``, from which the start page is made: the course cannot read the contracts."""
    return json.dumps(as_data(lessons), indent=1, ensure_ascii=False) + "\n"


def readme_table(lessons: Sequence[Lesson]) -> str:
    """The table of lessons as Markdown."""
    rows = ["| lesson | what you do | minutes | exercises |", "|---|---|---:|---:|"]
    for lesson in lessons:
        link = f"[{lesson.name.split('_')[0]} · {lesson.title}](course/{lesson.name}/{lesson.name}.ipynb)"
        rows.append(f"| {link} | {lesson.summary} | {lesson.minutes} | {len(lesson.exercises)} |")
    return "\n".join(rows)


def with_table(readme: str, lessons: Sequence[Lesson]) -> str:
    """The README with its table renewed.

    Raises:
        AutograderError: if the two marks between which it stands are gone.
    """
    pattern = re.compile(re.escape(_BEGIN) + r".*?" + re.escape(_END), re.S)
    if not pattern.search(readme):
        raise AutograderError(f"README.md needs the lines {_BEGIN!r} and {_END!r} around its table of lessons.")
    return pattern.sub(lambda _: f"{_BEGIN}\n{readme_table(lessons)}\n{_END}", readme)


def stale(lessons: Sequence[Lesson]) -> dict[Path, str]:
    """``{file: what should be in it}`` for the table and the index, where they are not up to date."""
    wanted = {INDEX: index_text(lessons)}
    if README.is_file():
        wanted[README] = with_table(README.read_text(encoding="utf-8"), lessons)
    return {
        path: text for path, text in wanted.items() if not path.is_file() or path.read_text(encoding="utf-8") != text
    }
