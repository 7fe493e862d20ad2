"""What the text of lesson 2 promises: minutes, answered questions, and sentences that give nothing away."""

from __future__ import annotations

import re

from autograder.build.builder import LessonSource, read_source

SOURCE: LessonSource = read_source("02_language_models")
PROSE = "\n".join(cell.source for cell in SOURCE.cells if cell.kind == "markdown")


def test_every_question_is_followed_by_its_answer() -> None:
    questions = PROSE.split("**Predict.**")[1:]
    assert len(questions) >= 10
    open_ones = [q[:80] for q in questions if "<details><summary>" not in q and "Read the figure" not in q]
    assert open_ones == []


def test_the_minutes_at_the_start_are_the_contracts() -> None:
    start = SOURCE.cells[0].source
    assert f"about {SOURCE.lesson.minutes} minutes, {SOURCE.lesson.reading_minutes} of them" in start
    assert 60 <= SOURCE.lesson.minutes <= 120


def test_reading_minutes_follow_from_words_and_cells() -> None:
    words = len(re.sub(r"<[^>]+>|\$[^$]*\$", " ", PROSE).split())
    code = [cell for cell in SOURCE.cells if cell.kind == "code"]
    demonstrations = sum(not cell.exercise and "check(" not in cell.source for cell in code)
    questions = PROSE.count("**Predict.**")
    estimate = words / 150 + (demonstrations + questions) / 2
    assert abs(SOURCE.lesson.reading_minutes - estimate) <= 3, estimate


def test_there_are_enough_misconceptions_and_each_is_told_in_a_few_words() -> None:
    for exercise in SOURCE.lesson.exercises:
        assert len(exercise.misconceptions) >= 10
        assert len(exercise.alternatives) >= 2
        for misconception in exercise.misconceptions:
            assert 40 < len(misconception.sentence) < 400, (exercise.name, misconception.name)
            assert misconception.sentence.endswith((".", "?", ".)")), (exercise.name, misconception.name)


def test_no_sentence_and_no_early_hint_quotes_the_solution() -> None:
    for exercise in SOURCE.lesson.exercises:
        cell = SOURCE.workbench.solutions[exercise.name]
        lines = re.findall(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", cell, re.S)
        parts = {
            part.strip()
            for line in "".join(lines).splitlines()
            for part in line.partition(" = ")[::2]
            if len(part.strip()) > 14
        }
        for sentence in [m.sentence for m in exercise.misconceptions] + list(exercise.hints[:2]):
            assert not [part for part in parts if part in sentence], (exercise.name, sentence)


def test_nothing_sticks_to_a_closed_answer() -> None:
    for cell in SOURCE.cells:
        if cell.kind == "markdown":
            after = re.findall(r"</details>\s*(\S+)", cell.source)
            assert all(word.startswith("#") for word in after), cell.source
