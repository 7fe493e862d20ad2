"""The judge gives the points that were declared and says what is to be seen."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import torch

from autograder.build.builder import LessonSource
from autograder.prove import verdicts
from course.checking.judge import judge
from course.checking.key import Key
from course.checking.observe import observe
from course.checking.verdict import Verdict


@pytest.fixture
def shown(tiny_keys: dict[str, Key]) -> Callable[..., Verdict]:
    def ask(answer: Any, name: str = "tiny_softmax") -> Verdict:
        key = tiny_keys[name].visible()
        return judge(key, observe(key.questions(), answer))

    return ask


def right(x: torch.Tensor, dim: int = -1) -> torch.Tensor:
    return (x - torch.logsumexp(x, dim=dim, keepdim=True)).exp()


def test_a_right_answer_gets_all(shown: Callable[..., Verdict]) -> None:
    verdict = shown(right)
    assert (float(verdict), verdict.status, repr(verdict)) == (2.0, "pass", "2.0")


@pytest.mark.parametrize(
    ("answer", "status", "says"),
    [
        (lambda x, dim=-1: None, "fail", "is None"),
        (lambda x, dim=-1: right(x, dim).numpy(), "fail", "numpy array"),
        (lambda x, dim=-1: right(x, dim).tolist(), "fail", "a sequence of"),
        (lambda x, dim=-1: (right(x, dim), x), "fail", "return one of them alone"),
        (lambda x, dim=-1: right(x, dim).T if x.ndim == 2 else right(x, dim), "fail", "transposed"),
        (lambda x, dim=-1: right(x, dim).sum(dim), "fail", "dimension was lost"),
        (lambda x, dim=-1: right(x, dim).unsqueeze(0), "fail", "dimensions of size 1"),
        (lambda x, dim=-1: right(x, dim) * 3, "fail", "times 3"),
        (lambda x, dim=-1: -right(x, dim), "fail", "opposite sign"),
        (lambda x, dim=-1: right(x, dim) + 1, "fail", "plus 1"),
        (lambda x, dim=-1: right(x, dim).flip(-1), "fail", "reversed along dimension 1"),
        (lambda x, dim=-1: right(x, 0), "partial", "sums to 1 along dimension 0"),
        (lambda x, dim=-1: right(x, dim) * float("nan"), "fail", "NaN"),
        (lambda x, dim=-1: right(x, dim) * 0, "fail", "zero everywhere"),
        (lambda x, dim=-1: right(x, dim) > 0.5, "fail", "True/False"),
        (lambda x, dim=-1: undefined_thing, "error", "NameError"),  # type: ignore[name-defined] # noqa: F821
        (lambda x: right(x), "fail", "TypeError"),
        (lambda x, dim=-1: right, "fail", "parentheses"),
        (lambda x, dim=-1: torch.softmax(x, dim), "fail", "not allowed here"),
    ],
)
def test_a_wrong_answer_is_told_what_is_to_be_seen(
    shown: Callable[..., Verdict], answer: Any, status: str, says: str
) -> None:
    verdict = shown(answer)
    assert verdict.status in (status, "partial")
    assert says in verdict.message
    assert verdict.points <= 1.0


def test_a_typed_in_result_is_told_from_a_wrong_one(shown: Callable[..., Verdict]) -> None:
    typed_in = shown(lambda x, dim=-1: torch.tensor([0.5, 0.5]))
    assert "typed in" in typed_in.message
    assert typed_in.points == 0.0
    assert "typed in" not in shown(lambda x, dim=-1: None).message
    assert "typed in" not in shown(lambda x, dim=-1: x).message


def test_an_endless_loop_is_told_after_how_long(shown: Callable[..., Verdict]) -> None:
    def endless(x: torch.Tensor, dim: int = -1) -> None:
        while True:
            pass

    verdict = shown(endless)
    assert verdict.status == "timeout"
    assert "after 1 second" in verdict.message


def test_no_memory_left_has_a_status_of_its_own(shown: Callable[..., Verdict]) -> None:
    def hungry(x: torch.Tensor, dim: int = -1) -> None:
        raise MemoryError

    assert shown(hungry).status == "memory"


def test_a_misconception_is_named_and_credited(tiny: LessonSource, tiny_keys: dict[str, Key]) -> None:
    contract = tiny.lesson.exercises[0]
    for misconception in contract.misconceptions:
        text = tiny.workbench.source_of("tiny_softmax", misconception)
        for verdict in verdicts(tiny, tiny_keys["tiny_softmax"], text):
            assert (verdict.misconception, verdict.points) == (misconception.name, misconception.credit)
            assert verdict.message == misconception.sentence


def test_half_a_repair_is_still_answered_with_the_misconception(shown: Callable[..., Verdict]) -> None:
    def mended_for_matrices_only(x: torch.Tensor, dim: int = -1) -> torch.Tensor:
        powers = x.exp()
        return right(x, dim) if x.ndim == 2 else powers / powers.sum(dim, keepdim=True)

    verdict = shown(mended_for_matrices_only)
    assert verdict.misconception == "no_max"
    assert verdict.points == 1


def test_an_untouched_stub_is_not_started_whatever_it_holds(tiny: LessonSource, tiny_keys: dict[str, Key]) -> None:
    for name in ("tiny_softmax", "tiny_batches"):
        for verdict in verdicts(tiny, tiny_keys[name], tiny.stub(name)):
            assert (verdict.points, verdict.status) == (0, "missing")
            assert "Not started yet" in verdict.message


def test_the_values_of_hidden_cases_stay_hidden(tiny_keys: dict[str, Key]) -> None:
    key = tiny_keys["tiny_softmax"]

    def right_on_what_is_visible(x: torch.Tensor, dim: int = -1) -> torch.Tensor:
        return right(x, dim) if x.shape[-1] < 4 else right(x, dim) * 7.654321

    verdict = judge(key, observe(key.questions(), right_on_what_is_visible))
    assert verdict.points < 2
    hidden = [case for case in verdict.cases if case.hidden]
    assert [case.passed for case in hidden] == [False, False]
    assert all(case.expected is None and case.received is None and not case.shown for case in hidden)
    assert "7.65" not in json.dumps(verdict.to_json()) + verdict._repr_html_() + str(verdict)
    assert "It has five columns." in verdict.message


def test_a_verdict_survives_json(shown: Callable[..., Verdict]) -> None:
    verdict = shown(lambda x, dim=-1: x)
    assert Verdict.from_json(json.loads(json.dumps(verdict.to_json()))) == verdict


def test_a_number_may_come_as_a_tensor_and_a_list_as_a_tuple() -> None:
    from course.checking.compare import Tolerance, difference
    from course.checking.data import encode, reading

    def agree(one: Any, other: Any) -> bool:
        return difference(reading(encode(one)), reading(encode(other)), Tolerance(1e-4, 1e-5)) is None

    assert agree(2.0, torch.tensor(2.0))
    assert agree([1, 2], (1, 2))
    assert agree(3, 3.0)
    assert not agree(True, 1)
    assert not agree(torch.tensor([True]), torch.tensor([1]))
    assert agree(torch.tensor([1.0]), torch.tensor([1.0], dtype=torch.float64))
    assert not agree({"a": 1}, {"a": 1, "b": 2})
    assert agree({"a": float("nan")}, {"a": float("nan")})


def test_as_many_observations_as_cases_are_needed(tiny_keys: dict[str, Key]) -> None:
    with pytest.raises(ValueError, match="observations for"):
        judge(tiny_keys["tiny_softmax"], [])
