"""How long lesson 2 takes, counted from its text."""

from __future__ import annotations

import re

from autograder.build.builder import LessonSource, read_source

SOURCE: LessonSource = read_source("02_language_models")
PROSE = "\n".join(cell.source for cell in SOURCE.cells if cell.kind == "markdown")


def test_reading_minutes_follow_from_words_and_cells() -> None:
    assert 60 <= SOURCE.lesson.minutes <= 120
    words = len(re.sub(r"<[^>]+>|\$[^$]*\$", " ", PROSE).split())
    code = [cell for cell in SOURCE.cells if cell.kind == "code"]
    demonstrations = sum(not cell.exercise and "check(" not in cell.source for cell in code)
    questions = PROSE.count("**Predict.**")
    estimate = words / 150 + (demonstrations + questions) / 2
    assert abs(SOURCE.lesson.reading_minutes - estimate) <= 3, estimate
