"""The same observations are judged once."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.engine import judging
from autograder.engine.judging import Judging
from course.checking import judge as real
from course.checking.key import Key


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    calls: list[Any] = []

    def judge(key: Key, observations: Any) -> Any:
        calls.append(observations)
        return real.judge(key, observations)

    monkeypatch.setattr("autograder.classroom.judge_server.judge", judge)
    return calls


def seen(key: Key, *values: Any) -> list[dict[str, Any]]:
    empty = {"error": None, "mutated": False, "timeout": False, "refused": []}
    given = [*values, *[0] * (len(key.cases) - len(values))]
    return [{"results": [value], **empty} for value in given]


def test_equal_observations_share_a_verdict_and_others_do_not(hidden_keys: dict[str, Key], asked: list[Any]) -> None:
    key, other = hidden_keys["double"], hidden_keys["quadruple"]
    memory = Judging()
    first = memory.verdict(key, seen(key, 6))
    assert memory.verdict(key, seen(key, 6)) is first
    assert len(asked) == 1
    assert memory.verdict(key, seen(key, 7)).points != first.points or len(asked) == 2
    assert len(asked) == 2
    assert memory.verdict(other, seen(other, 6)).exercise == "quadruple"
    assert len(asked) == 3


def test_it_forgets_what_is_old(hidden_keys: dict[str, Key], asked: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "_KEPT", 2)
    key, memory = hidden_keys["double"], Judging()
    for value in (1, 2, 3, 1):
        memory.verdict(key, seen(key, value))
    assert len(asked) == 4


def test_a_failure_is_no_verdict(hidden_keys: dict[str, Key], monkeypatch: pytest.MonkeyPatch) -> None:
    key, memory = hidden_keys["double"], Judging()

    def fail(*_: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr("autograder.classroom.judge_server.judge", fail)
        with pytest.raises(ZeroDivisionError):
            memory.verdict(key, seen(key, 1))
    assert memory.verdict(key, seen(key, 1)).exercise == "double"
