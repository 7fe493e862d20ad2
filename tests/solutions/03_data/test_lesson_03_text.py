"""What the text of lesson 3 promises: a question has its answer, and a tutor's sentence gives nothing away."""

from __future__ import annotations

import re

from autograder.build.builder import LessonSource, read_source

SOURCE: LessonSource = read_source("03_data")


def test_every_question_has_an_answer_before_the_next_one() -> None:
    prose = "\n".join(cell.source for cell in SOURCE.cells if cell.kind == "markdown")
    questions = prose.split("**Predict.**")[1:]
    answered = [
        "<details><summary>" in after or "It does not." in after or "What to make of it" in after for after in questions
    ]
    assert len(questions) >= 9
    assert all(answered), [q[:80] for q, fine in zip(questions, answered, strict=True) if not fine]


def test_the_minutes_at_the_start_are_the_contracts() -> None:
    start = SOURCE.cells[0].source
    assert f"about {SOURCE.lesson.minutes} minutes, {SOURCE.lesson.reading_minutes} of them" in start


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
            if len(part.strip()) > 12
        }
        said = [m.sentence for m in exercise.misconceptions] + list(exercise.hints[:2])
        for sentence in said:
            assert not [part for part in parts if part in sentence], (exercise.name, sentence)


def test_nothing_sticks_to_a_closed_answer() -> None:
    # JupyterLab leaves no space below <details>: a paragraph there reads as if it belonged to the answer.
    for cell in SOURCE.cells:
        if cell.kind == "markdown":
            after = re.findall(r"</details>\s*(\S+)", cell.source)
            assert all(word.startswith("#") for word in after), cell.source
