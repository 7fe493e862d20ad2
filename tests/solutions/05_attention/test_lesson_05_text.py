"""What lesson 5 promises beyond what every lesson's text does."""

from __future__ import annotations

from autograder.build.builder import read_source


def test_each_exercise_has_three_other_right_ways() -> None:
    assert all(len(exercise.alternatives) >= 3 for exercise in read_source("05_attention").lesson.exercises)
