"""What the text of every lesson promises: minutes, answered questions, and sentences that give nothing away."""

from __future__ import annotations

import re
from functools import cache

import pytest

from autograder.build.builder import LessonSource, read_source
from autograder.places import lesson_names

#: Lesson 1 asks its questions and counts its minutes in a form of its own.
pytestmark = pytest.mark.parametrize("lesson", [name for name in lesson_names() if name != "01_environment"])

#: What stands in the place of an answer that opens, where the next paragraph or picture is the answer.
_SAID = ("<details><summary>", "It does not.", "Read the figure")


@cache
def source_of(lesson: str) -> LessonSource:
    return read_source(lesson)


def markdown(lesson: str) -> list[str]:
    return [cell.source for cell in source_of(lesson).cells if cell.kind == "markdown"]


def test_every_question_has_an_answer_before_the_next_one(lesson: str) -> None:
    _, *questions = "\n".join(markdown(lesson)).split("**Predict.**")
    assert len(questions) >= 9
    assert not [question[:80] for question in questions if not any(said in question for said in _SAID)]


def test_the_minutes_at_the_start_are_the_contracts(lesson: str) -> None:
    contract = source_of(lesson).lesson
    assert f"about {contract.minutes} minutes, {contract.reading_minutes} of them" in markdown(lesson)[0]


def test_each_misconception_is_told_in_a_few_words(lesson: str) -> None:
    for exercise in source_of(lesson).lesson.exercises:
        assert len(exercise.misconceptions) >= 10
        assert len(exercise.alternatives) >= 2
        for misconception in exercise.misconceptions:
            assert 30 < len(misconception.sentence) < 400, (exercise.name, misconception.name)
            assert misconception.sentence.endswith((".", "?", ".)", "!")), (exercise.name, misconception.name)


def test_no_sentence_and_no_early_hint_quotes_the_solution(lesson: str) -> None:
    source = source_of(lesson)
    for exercise in source.lesson.exercises:
        lines = re.findall(
            r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", source.workbench.solutions[exercise.name], re.S
        )
        parts = {
            part.strip()
            for line in "".join(lines).splitlines()
            for part in line.partition(" = ")[::2]
            if len(part.strip()) > 14
        }
        for sentence in [m.sentence for m in exercise.misconceptions] + list(exercise.hints[:2]):
            assert not [part for part in parts if part in sentence], (exercise.name, sentence)


def test_nothing_sticks_to_a_closed_answer(lesson: str) -> None:
    # JupyterLab leaves no space below <details>: a paragraph there reads as if it belonged to the answer.
    for text in markdown(lesson):
        assert all(word.startswith("#") for word in re.findall(r"</details>\s*(\S+)", text)), text
