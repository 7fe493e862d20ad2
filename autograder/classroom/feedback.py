"""``autograder feedback``: nbgrader's HTML pages, one a submission."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autograder.classroom.folder import Classroom, last_words
from autograder.errors import AutograderError


@dataclass(frozen=True)
class Feedback:
    """What came of writing feedback: ``{student: page}`` and a sentence for each that failed."""

    pages: dict[str, Path]
    problems: tuple[str, ...] = ()


def feedback(classroom: Classroom, lesson: str) -> Feedback:
    """Write the feedback of everybody who has been graded.

    Raises:
        AutograderError: if the lesson is not released or nobody has been graded.
    """
    lesson = classroom.lesson(lesson)
    graded = [
        name
        for name in classroom.students(lesson)
        if (classroom.autograded(name, lesson) / f"{lesson}.ipynb").is_file()
    ]
    if not graded:
        raise AutograderError(f"Nobody has been graded in {lesson} yet: run `autograder grade {lesson}` first.")
    classroom.prepare()
    api = classroom.api()
    pages: dict[str, Path] = {}
    problems = []
    for student in graded:
        result = api.generate_feedback(lesson, student)
        page = classroom.feedback(student, lesson) / f"{lesson}.html"
        if result["success"] and page.is_file():
            pages[student] = page
        else:
            problems.append(f"{student}: no feedback could be written: {last_words(result)}")
    return Feedback(pages, tuple(problems))
