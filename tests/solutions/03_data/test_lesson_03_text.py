"""What the text of lesson 3 promises: examples by hand, minutes, answers to questions, discreet sentences."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

from autograder.build.builder import LessonSource, read_source
from autograder.contract import Exercise
from course.checking.measure import Found
from course.data import guess_language

SOURCE: LessonSource = read_source("03_data")
PROSE = "\n".join(cell.source for cell in SOURCE.cells if cell.kind == "markdown")
LESSON = SimpleNamespace(**{e.name: SOURCE.workbench.solution(e.name) for e in SOURCE.lesson.exercises})


def test_what_is_computed_by_hand_is_right() -> None:
    assert "5 < 6 ok" in PROSE
    assert LESSON.clean_text("5 &lt; 6<br>ok") == "5 < 6 ok"
    assert LESSON.jaccard("banana", "bandana", 2) == 3 / 5
    assert [min((a * x + b) % 11 for x in (2, 5)) for a, b in ((3, 1), (1, 7))] == [5, 1]
    assert LESSON.group_ids(5, [[0, 1], [3, 4], [1, 3]]) == [0, 0, 2, 0, 0]
    assert LESSON.fleiss_kappa([[4, 0], [2, 2], [1, 3]]) == pytest.approx(1 / 5)
    assert round(Found(right=4, flagged=8, true=6).f1, 2) == 0.57
    assert round(0.9 * 0.9 + 0.1 * 0.1, 2) == 0.82


def test_one_letter_changed_costs_as_many_shingles_as_the_answer_says() -> None:
    text = "".join(chr(ord("a") + (7 * i * i + 3 * i) % 26) + str(i) for i in range(50))[:100]
    changed = text[:50] + "#" + text[51:]
    assert LESSON.jaccard(text, changed, 5) == pytest.approx(91 / 101)
    assert LESSON.jaccard(text, changed, 20) == pytest.approx(61 / 101)


def test_the_sentence_without_function_words_is_undetermined() -> None:
    assert "*Pure gold!* has no function word" in PROSE
    assert guess_language("Pure gold!") == "und"


def test_minutes_are_the_contracts_and_reading_is_counted_by_the_rule() -> None:
    lesson = SOURCE.lesson
    assert f"about {lesson.minutes} minutes, {lesson.reading_minutes} of them" in SOURCE.cells[0].source
    assert 60 <= lesson.minutes <= 120
    plain = re.sub(r"\$[^$]*\$|`[^`]*`|<[^>]+>", " ", PROSE)
    words = len(re.findall(r"[^\W\d_]{2,}", plain))
    shown = sum(cell.kind == "code" and not (cell.exercise or cell.check or cell.tags) for cell in SOURCE.cells)
    assert lesson.reading_minutes == pytest.approx(words / 150 + (shown + PROSE.count("**Predict.**")) / 2, abs=2)


def test_each_question_is_answered_before_the_next() -> None:
    _, *questions = PROSE.split("**Predict.**")
    assert len(questions) == 9
    assert not [question[:60] for question in questions if "<details><summary>" not in question]
    # JupyterLab leaves no space below <details>: a paragraph there reads as if it belonged to the answer.
    assert not [
        after
        for cell in SOURCE.cells
        if cell.kind == "markdown"
        for after in re.findall(r"</details>\s*(\S+)", cell.source)
        if not after.startswith("#")
    ]


@pytest.mark.parametrize("exercise", SOURCE.lesson.exercises, ids=lambda exercise: exercise.name)
def test_sentences_are_short_and_give_nothing_away(exercise: Exercise) -> None:
    assert len(exercise.misconceptions) >= 10
    assert len(exercise.alternatives) >= 2
    inside = re.search(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", SOURCE.workbench.solutions[exercise.name], re.S)
    assert inside is not None
    secret = {side.strip() for line in inside[1].splitlines() for side in line.split(" = ") if len(side.strip()) > 12}
    for said in (*(m.sentence for m in exercise.misconceptions), *exercise.hints[:2]):
        assert 20 < len(said) < 400, said
        assert said.rstrip(")")[-1] in ".?!", said
        assert not [part for part in secret if part in said], said
