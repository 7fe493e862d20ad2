"""What the text of lesson 4 claims: its numbers, its examples by hand, its minutes."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from autograder.build.builder import LessonSource, read_source
from course.resources import bert_vocabulary, load_reviews

SOURCE: LessonSource = read_source("04_tokenization")
PROSE = "\n".join(cell.source for cell in SOURCE.cells if cell.kind == "markdown")
TALL = {"tall": 4, "taller": 2, "small": 3, "smaller": 1, "fall": 2}


def test_the_reading_time_is_counted_by_the_rule() -> None:
    """150 words a minute, half a minute for each demonstration and question."""
    words = len(re.sub(r"[#|*`$\\]", " ", PROSE).split())
    shown = sum(cell.kind == "code" and not (cell.exercise or cell.check or cell.tags) for cell in SOURCE.cells)
    minutes = words / 150 + (shown + PROSE.count("**Predict.**")) / 2
    assert SOURCE.lesson.reading_minutes == pytest.approx(minutes, abs=5)


def test_the_example_by_hand_is_what_training_does() -> None:
    merges = SOURCE.workbench.solution("train_bpe")(TALL, 100)
    spelling = [bytes([byte]) for byte in range(256)]
    for left, right in merges:
        spelling.append(spelling[left] + spelling[right])
    names = [token.decode() for token in spelling[256:]]
    assert names == ["al", "all", "tall", "mall", "small", "er", "fall", "taller", "smaller"]
    counts = Counter("".join(word * times for word, times in TALL.items()))
    assert (counts["a"], counts["l"], counts["e"], counts["r"]) == (12, 24, 3, 3)


def test_numbers_in_the_prose_are_measured() -> None:
    movies = load_reviews("movies")["text"]
    words = Counter(word for text in movies for word in text.split())
    assert 29_000 < len(words) < 30_000  # "nearly 30,000"
    assert 0.5 < sum(count == 1 for count in words.values()) / len(words) < 0.6  # "more than half"
    assert round(sum(map(len, movies)) / sum(words.values())) == 6  # "six times as long"
    new_texts = [text for domain in ("products", "editorials", "tweets") for text in load_reviews(domain)["text"]]
    new = [word for text in new_texts for word in text.split()]
    assert 0.22 < sum(word not in words for word in new) / len(new) < 0.28  # "a quarter"
    assert len(bert_vocabulary()) == 30_522
    assert [bert_vocabulary()[token] for token in ("[PAD]", "[UNK]", "[CLS]", "[SEP]")] == [0, 100, 101, 102]
    assert 30_522 * 384 > 22.7e6 / 2  # "more than half" of the parameters


def test_there_are_enough_misconceptions_and_each_is_told_in_a_few_words() -> None:
    for exercise in SOURCE.lesson.exercises:
        assert len(exercise.misconceptions) >= 10
        for misconception in exercise.misconceptions:
            assert 40 < len(misconception.sentence) < 330, (exercise.name, misconception.name)
            assert misconception.sentence.endswith((".", "?", ")")), (exercise.name, misconception.name)
