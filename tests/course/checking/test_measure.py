"""Scored cases: the measure by hand, the share of the points, and what a process with a learner's code may know."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from autograder.contract import ContractError, scored_case
from course.checking.data import encode
from course.checking.judge import judge
from course.checking.key import Key, KeyCase, KeyMisconception
from course.checking.measure import Found, Scale, score, scored_difference

TRUTH = {"spots": [3, 5, 8, 13], "holes": [21, 34]}
SCALE = Scale("macro_f1", full=0.9, floor=0.1)


def seen(result: Any = None, **changes: Any) -> dict[str, Any]:
    blank = {"results": [encode(result)], "error": None, "mutated": False, "timeout": False, "refused": []}
    return {**blank, **changes}


def key(*misconceptions: KeyMisconception, hidden: bool = True) -> Key:
    def made(name: str, is_hidden: bool, truth: Any) -> KeyCase:
        return KeyCase(name, is_hidden, 1e-4, 1e-5, False, (), "", [], seen(truth), scale=SCALE)

    cases = [made("shown", False, TRUTH)]
    if hidden:
        cases.append(made("other", True, {"spots": [1, 2], "holes": [7]}))
    return Key("find", "99", "t", 4, 1, 5, ("a", "b", "c"), {}, (), 1.0, tuple(cases), misconceptions)


def test_precision_recall_and_f1_by_hand() -> None:
    found = Found(right=4, flagged=8, true=6)
    assert (found.precision, round(found.recall, 4), round(found.f1, 4)) == (0.5, 0.6667, 0.5714)
    assert Found(0, 0, 0).f1 == Found(0, 0, 0).precision == Found(0, 0, 0).recall == 1.0
    assert Found(0, 0, 3).precision == Found(0, 2, 0).f1 == 0.0


def test_the_score_is_the_mean_over_the_kinds() -> None:
    measured = score(seen(TRUTH), seen({"spots": [3, 5], "holes": [34, 21, 21]}))
    assert measured is not None
    assert measured.value == pytest.approx((2 * 2 / 6 + 1) / 2)


@pytest.mark.parametrize("result", [None, [1, 2], {"spots": 3}, {"spots": ["3"]}, {"spots": [True]}, {"spots": [3.0]}])
def test_what_cannot_be_measured_is_told_how_it_should_look(result: Any) -> None:
    assert score(seen(TRUTH), seen(result)) is None
    verdict = judge(key(hidden=False), [seen(result)])
    assert verdict.points == 0
    assert "a dict with the keys spots, holes" in verdict.message


def test_sets_tuples_and_numpy_integers_are_taken_too() -> None:
    import numpy as np

    received = seen({"spots": {3, 5, 8, 13}, "holes": (np.int64(21), 34)})
    assert scored_difference(SCALE, seen(TRUTH), received) is None
    assert scored_difference(SCALE, seen(TRUTH), seen({"spots": np.array(TRUTH["spots"]), "holes": [21, 34]})) is None


def test_an_unknown_kind_is_named() -> None:
    verdict = judge(key(hidden=False), [seen({"spot": [3, 5, 8, 13], "holes": [21, 34]})])
    assert "“spot”" in verdict.message


@pytest.mark.parametrize(
    ("flagged", "points"),
    [([1, 2], 4.0), ([1], 3.5), ([], 2.0), ([3], 2.0)],  # of the hidden case: F1 1, 2/3, 0, 0 beside 1 for the holes
)
def test_points_go_by_the_share_on_hidden_corpora(flagged: list[int], points: float) -> None:
    verdict = judge(key(), [seen(TRUTH), seen({"spots": flagged, "holes": [7]})])
    assert verdict.points == points
    assert verdict.status == ("pass" if points == 4 else "partial")


def test_an_answer_that_is_wrong_somewhere_never_gets_all_points() -> None:
    verdict = judge(key(), [seen({"spots": [], "holes": []}), seen({"spots": [1, 2], "holes": [7]})])
    assert (verdict.points, verdict.status) == (3.75, "partial")


def test_a_changed_input_costs_half() -> None:
    right = {"spots": [1, 2], "holes": [7]}
    verdict = judge(key(), [seen(TRUTH, mutated=True), seen(right, mutated=True)])
    assert verdict.points == 2.0
    assert "changes its input" in verdict.message


def test_exceptions_and_endless_loops_earn_nothing() -> None:
    error = {"type": "KeyError", "message": "'id'", "line": 3, "text": "row['id']", "function": "find"}
    assert judge(key(), [seen(results=[], error=error)] * 2).points == 0
    assert judge(key(), [seen(results=[], timeout=True)] * 2).status == "timeout"


def test_a_mistake_is_recognised_by_its_profile_and_not_by_its_items() -> None:
    blind = KeyMisconception("no_holes", "No hole is found.", 1.75, [seen({"spots": TRUTH["spots"], "holes": []})] * 1)
    verdict = judge(key(blind, hidden=False), [seen({"spots": [3, 5, 8, 13], "holes": []})])
    assert (verdict.misconception, verdict.points) == ("no_holes", 1.75)
    other = judge(key(blind, hidden=False), [seen({"spots": [], "holes": []})])
    assert other.misconception is None


def test_nothing_found_is_not_taken_for_wrong_items_found() -> None:
    wrong = KeyMisconception("positions", "Positions.", 0.5, [seen({"spots": [90, 91, 92, 93], "holes": [94, 95]})])
    assert judge(key(wrong, hidden=False), [seen({"spots": [70, 71, 72, 73], "holes": [74, 75]})]).points == 0.5
    assert judge(key(wrong, hidden=False), [seen({})]).misconception is None


def test_a_hidden_case_tells_counts_and_no_item() -> None:
    verdict = judge(key(), [seen(TRUTH), seen({"spots": [4567], "holes": [7]})])
    hidden = next(case for case in verdict.cases if case.hidden)
    assert "0 of 2 found" in hidden.message
    assert "recall 0.00" in hidden.message
    assert not hidden.shown
    assert "4567" not in json.dumps(verdict.to_json())


def test_truth_and_scale_stay_with_the_judge() -> None:
    whole = key()
    asked = json.dumps(whole.questions())
    assert "spots" not in asked
    assert "macro_f1" not in asked
    assert [case.name for case in whole.visible().cases] == ["shown"]
    assert Key.from_json(json.loads(whole.to_text())) == whole


def test_a_key_without_scored_cases_is_written_as_before() -> None:
    plain = dataclasses.replace(key().cases[0], scale=None)
    assert "scale" not in plain.to_json()


@pytest.mark.parametrize(("full", "floor"), [(0.5, 0.5), (1.1, 0.0), (0.5, -0.1)])
def test_a_scale_that_makes_no_sense_is_refused(full: float, floor: float) -> None:
    from course.checking.steps import call

    with pytest.raises(ValueError, match="floor"):
        scored_case("x", call(1), truth={}, full=full, floor=floor)
    with pytest.raises(ValueError, match="no measure"):
        scored_case("x", call(1), truth={}, full=1, floor=0, measure="f7")


def test_a_solution_that_is_not_near_the_truth_is_refused() -> None:
    from autograder.build.keys import _refuse_bad_solution
    from autograder.contract import Alternative, Exercise, Lesson, Misconception, call

    cases = tuple(
        scored_case(name, call(1), truth=TRUTH, full=0.9, floor=0.1, hidden=name == "b") for name in ("a", "b")
    )
    exercise = Exercise(
        "find", "t", 4, 1, 5, ("a", "b", "c"), cases, (Misconception("m", "s", code="x"),),
        (Alternative("x", code="x"),),
    )  # fmt: skip
    lesson = Lesson("99", "t", "s", 1, (exercise,))
    _refuse_bad_solution(lesson, exercise, [seen(TRUTH)] * 2)
    with pytest.raises(ContractError, match="not near enough to the truth"):
        _refuse_bad_solution(lesson, exercise, [seen(TRUTH), seen({"spots": [3], "holes": []})])
