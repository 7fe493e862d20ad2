"""The proof finds a contract that is not kept."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from autograder.answers import AnswerFailed
from autograder.build.builder import LessonSource, read_source
from autograder.build.keys import compile_key
from autograder.build.stable import same_data
from autograder.contract import Alternative, ContractError, Exercise, Lesson, Misconception, call, case
from autograder.prove import Row, memorised_points, prove_exercise, prove_lesson, table


def with_exercise(tiny: LessonSource, index: int = 0, **changes: Any) -> Row:
    exercise = dataclasses.replace(tiny.lesson.exercises[index], **changes)
    key = compile_key(tiny.workbench, tiny.lesson, exercise, tiny.stub(exercise.name))
    return prove_exercise(tiny, exercise, key)


def test_a_contract_that_is_kept_has_no_problems(tiny: LessonSource) -> None:
    rows = prove_lesson(tiny, tiny.keys())
    assert [row.problems for row in rows] == [[], []]
    text = table(rows)
    assert "2 exercises, 4 misconceptions, 2 alternatives: all as declared" in text


def test_committed_keys_serve_as_new_ones_do() -> None:
    source = read_source("05_attention")
    committed = source.keys(committed=True)
    assert list(committed) == [exercise.name for exercise in source.lesson.exercises]
    exercise = source.lesson.exercises[0]
    new = compile_key(source.workbench, source.lesson, exercise, source.stub(exercise.name))
    assert same_data(json.loads(committed[exercise.name].to_text()), json.loads(new.to_text()))
    assert prove_exercise(source, exercise, committed[exercise.name]).problems == []


def test_a_key_that_is_not_there_is_named(tiny: LessonSource) -> None:
    with pytest.raises(ContractError, match=r"There is no .*tiny_softmax.json: run `autograder build"):
        tiny.keys(committed=True)


def test_a_wrong_alternative_is_found(tiny: LessonSource) -> None:
    row = with_exercise(tiny, alternatives=(Alternative("half", edits={"return powers /": "return 0.5 * powers /"}),))
    assert row.accepted == 0
    assert "should earn 2" in row.problems[0]


def test_a_misconception_that_changes_nothing_is_found(tiny: LessonSource) -> None:
    same = Misconception(
        "same", "Nothing is wrong.", 1, edits={"powers = torch.exp(shifted)": "powers = shifted.exp()"}
    )
    row = with_exercise(tiny, misconceptions=(same,))
    assert (row.named, row.credited) == (0, 0)
    assert len(row.problems) == 2


def test_two_misconceptions_that_look_alike_are_found(tiny: LessonSource) -> None:
    first = tiny.lesson.exercises[0].misconceptions[0]
    twin = dataclasses.replace(first, name="twin", sentence="Another sentence.")
    row = with_exercise(tiny, misconceptions=(first, twin))
    assert row.named == 1
    assert any("twin" in problem for problem in row.problems)


def test_a_misconception_that_only_hidden_cases_show_is_found(tiny: LessonSource) -> None:
    late = Misconception(
        "late", "Only long rows.", 1,
        edits={"return powers / powers.sum(dim=dim, keepdim=True)":
               "return powers / (powers.sum(dim=dim, keepdim=True) + (x.shape[-1] > 4))"},
    )  # fmt: skip
    row = with_exercise(tiny, misconceptions=(late,))
    assert any("by the visible key" in problem for problem in row.problems)


def test_hidden_cases_that_repeat_visible_ones_are_found(tiny: LessonSource) -> None:
    exercise = tiny.lesson.exercises[1]
    cases = (exercise.cases[0], dataclasses.replace(exercise.cases[0], name="again", hidden=True))
    row = with_exercise(tiny, 1, cases=cases, misconceptions=())
    assert any("by heart" in problem for problem in row.problems)


def test_remembering_the_visible_cases_earns_nothing(tiny_keys: dict[str, Any]) -> None:
    assert memorised_points(tiny_keys["tiny_softmax"]) == 0


def test_an_edit_must_fit_the_solution_once(tiny: LessonSource) -> None:
    bad = Misconception("bad", "x", 0, edits={"not in the solution": "y"})
    with pytest.raises(ContractError, match="occurs 0 times"):
        with_exercise(tiny, misconceptions=(bad,))


@pytest.mark.parametrize(
    ("edits", "says"),
    [
        ({"return powers": "x.zero_(); return powers"}, "changes its input"),
        ({"return powers": "return torch.softmax(x, dim); powers"}, "which the contract refuses"),
        ({"return powers": "return nowhere; powers"}, "raises NameError"),
    ],
)
def test_a_solution_that_breaks_the_rules_is_refused(tiny: LessonSource, edits: dict[str, str], says: str) -> None:
    from autograder.answers import edited
    from autograder.build.source import SourceCell

    cells = [
        SourceCell(c.kind, edited(c.source, edits, ""), c.tags) if c.exercise == "tiny_softmax" else c
        for c in tiny.cells
    ]
    broken = LessonSource(tiny.lesson, cells)
    with pytest.raises(ContractError, match=says):
        broken.keys()


def test_an_answer_cell_that_raises_or_defines_nothing_says_so(tiny: LessonSource) -> None:
    with pytest.raises(AnswerFailed, match="ZeroDivisionError"):
        tiny.workbench.answer("tiny_softmax", "1 / 0")
    with pytest.raises(AnswerFailed, match="does not define tiny_softmax"):
        tiny.workbench.answer("tiny_softmax", "other = 1")


GOOD: dict[str, Any] = {
    "name": "f", "title": "f", "points": 1, "difficulty": 1, "minutes": 5, "hints": ("a", "b", "c"),
    "cases": (case("v", call(1)), case("h", call(2), hidden=True)), "misconceptions": (),
    "alternatives": (Alternative("a", code="f = 1"),),
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": "not a name"}, "Python identifier"),
        ({"hints": ("a",)}, "needs three"),
        ({"cases": (case("v", call(1)),)}, "needs a hidden case"),
        ({"cases": (case("h", call(1), hidden=True),)}, "needs a visible case"),
        ({"cases": (case("v", call(1)), case("v", call(2), hidden=True))}, "the same name"),
        ({"alternatives": ()}, "needs an alternative"),
        ({"difficulty": 4}, "difficulty"),
        ({"misconceptions": (Misconception("m", "s", 0),)}, "either edits or code"),
        ({"misconceptions": (Misconception("m", "s", 1, code="x"),)}, "less than 1"),
        (
            {"misconceptions": (Misconception("m", "s", 0, code="x"), Misconception("n", "s", 0, code="y"))},
            "same sentence",
        ),
    ],
)
def test_a_contract_that_cannot_be_kept_says_why(changes: dict[str, Any], says: str) -> None:
    Exercise(**GOOD)
    with pytest.raises(ContractError, match=says):
        Exercise(**{**GOOD, **changes})


def test_an_exercise_may_only_need_earlier_ones() -> None:
    with pytest.raises(ContractError, match="no earlier one defines"):
        Lesson("99_x", "x", "x", 1, (Exercise(**{**GOOD, "needs": ("g",)}),))
