"""Whatever an answer does becomes an observation, and nothing it does outlives the check."""

from __future__ import annotations

import contextlib
import importlib.metadata
import random
import sys
import time
import types
from typing import Any

import numpy as np
import pytest
import torch

from autograder.build.keys import plain_step
from course.checking.data import decode
from course.checking.observe import observe
from course.checking.steps import (
    Step,
    attribute,
    call,
    elsewhere,
    gradient,
    installed,
    load,
    method,
    mode,
    new,
    shapes,
    sweep,
    through,
)  # fmt: skip


def ask(answer: Any, *steps: Step, refuse: dict[str, str] | None = None, limit: float = 1.0) -> dict[str, Any]:
    questions = {
        "exercise": "x",
        "refuse": refuse or {},
        "time_limit": limit,
        "cases": [{"name": "only", "steps": [plain_step(step) for step in steps]}],
    }
    return observe(questions, answer)[0]


class Scale(torch.nn.Module):
    def __init__(self, size: int) -> None:
        super().__init__()
        self.weight = torch.nn.Parameter(torch.zeros(size))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * self.weight + (1 if self.training else 0)

    def named(self) -> str:
        return "scale"


def test_a_module_is_made_loaded_called_and_looked_into() -> None:
    seen = ask(
        Scale, new(2), load({"weight": torch.tensor([2.0, 3.0])}), mode("eval"), call(torch.tensor([1.0, 1.0])),
        method("named"), attribute("weight.shape"), shapes(),
    )  # fmt: skip
    assert seen["error"] is None

    result, name, shape, parameters = map(decode, seen["results"])
    assert result.tolist() == [2, 3]
    assert (name, tuple(shape), parameters) == ("scale", (2,), {"weight": [2]})


def test_gradients_are_observed() -> None:

    seen = ask(lambda x: (x**2, "more"), gradient(torch.tensor([3.0, 4.0])))
    assert decode(seen["results"][0])[0].tolist() == [6, 8]


def test_what_an_answer_left_behind_is_seen_and_then_undone() -> None:

    def seeding(seed: int) -> None:
        random.seed(seed)
        np.random.seed(seed)
        torch.manual_seed(seed)

    torch.manual_seed(1)
    first = torch.rand(2)
    torch.manual_seed(1)
    one = ask(
        seeding, call(5), elsewhere("torch.rand", 2), elsewhere("random.random"), elsewhere("numpy.random.rand", 1)
    )
    two = ask(
        seeding, call(5), elsewhere("torch.rand", 2), elsewhere("random.random"), elsewhere("numpy.random.rand", 1)
    )
    assert one["results"] == two["results"]
    assert decode(one["results"][1]).shape == (2,)
    assert torch.equal(torch.rand(2), first)


def test_pretended_distributions_are_gone_afterwards() -> None:
    seen = ask(importlib.metadata.version, installed({"no-such-thing": "1.2.3"}), call("no-such-thing"))
    assert seen["results"] == ["1.2.3"]
    with pytest.raises(importlib.metadata.PackageNotFoundError):
        importlib.metadata.version("no-such-thing")


@pytest.fixture
def large_inputs(monkeypatch: pytest.MonkeyPatch) -> Step:
    """A sweep over 2,500 items with a table beside them, named by paths as an installed resource would be."""
    module = types.ModuleType("large_inputs")
    module.__dict__.update(items=lambda: [f"word {i}" for i in range(2500)], table=lambda: {"word": 1})
    monkeypatch.setitem(sys.modules, "large_inputs", module)
    return sweep("large_inputs.items", "large_inputs.table")


def test_a_sweep_tells_results_apart_and_takes_a_tuple_for_a_list(large_inputs: Step) -> None:
    expected = ask(lambda word, table: [word.upper(), table["word"]], large_inputs)
    counted, blocks = decode(expected["results"][0]).values()
    assert counted == 2500
    assert len(blocks) == 3
    assert ask(lambda word, table: (word.upper(), 1), large_inputs) == expected
    other = ask(lambda word, table: [word.upper(), 1 + (word == "word 1700")], large_inputs)
    assert [a == b for a, b in zip(blocks, decode(other["results"][0])["digests"], strict=True)] == [True, False, True]


def test_a_sweep_notices_what_the_answer_does_to_its_input_and_where_it_fails(large_inputs: Step) -> None:
    assert ask(lambda word, table: len(word), large_inputs)["mutated"] is False
    assert ask(lambda word, table: table.setdefault(word, 0), large_inputs)["mutated"] is True
    seen = ask(lambda word, table: 1 // (word != "word 2000"), large_inputs)
    assert seen["error"]["type"] == "ZeroDivisionError"
    assert seen["results"] == []


def test_a_sweep_has_a_time_of_its_own(large_inputs: Step, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(word: str, table: dict[str, int]) -> None:
        time.sleep(0.0001)

    monkeypatch.setattr("course.checking.observe.SWEEP_LIMIT", 30.0)
    assert ask(slow, large_inputs, limit=0.1)["timeout"] is False
    monkeypatch.setattr("course.checking.observe.SWEEP_LIMIT", 0.1)
    assert ask(slow, large_inputs, limit=0.1)["timeout"] is True


def test_a_changed_input_is_noticed() -> None:
    def change(x: torch.Tensor) -> torch.Tensor:
        return x.add_(1)

    assert ask(change, call(torch.zeros(2)))["mutated"] is True
    assert ask(lambda x: x + 1, call(torch.zeros(2)))["mutated"] is False
    assert ask(lambda items: items.append(1), call([0]))["mutated"] is True


def test_an_endless_loop_ends_and_the_other_cases_are_not_waited_for() -> None:
    def endless() -> None:
        while True:
            with contextlib.suppress(Exception):
                pass

    questions = {
        "exercise": "x", "refuse": {}, "time_limit": 0.2,
        "cases": [{"name": str(i), "steps": [plain_step(call())]} for i in range(20)],
    }  # fmt: skip
    import time

    start = time.monotonic()
    seen = observe(questions, endless)
    assert time.monotonic() - start < 3
    assert all(one["timeout"] for one in seen)


@pytest.mark.parametrize("answer", [None, 3, "text", dict, object(), lambda: 1 / 0, sys.exit])
def test_any_object_may_be_asked(answer: Any) -> None:
    seen = ask(answer, call())
    assert seen["error"] is not None or seen["results"]


def test_what_an_answer_prints_stays_out_of_the_notebook(capsys: pytest.CaptureFixture[str]) -> None:
    def noisy() -> int:
        print("x" * 10_000)
        print("y", file=sys.stderr)
        import warnings

        warnings.warn("loud", stacklevel=1)
        return 1

    assert ask(noisy, call())["results"] == [1]
    captured = capsys.readouterr()
    assert captured.out == captured.err == ""


@pytest.mark.parametrize(
    "answer",
    [
        lambda x: torch.softmax(x, -1),
        lambda x: torch.nn.functional.softmax(x, dim=-1),
        lambda x: x.softmax(-1),
        lambda x: torch.nn.Softmax(dim=-1)(x),
    ],
)
def test_a_refused_call_is_seen_under_any_name(answer: Any) -> None:
    refuse = {"torch.softmax": "", "torch.nn.functional.softmax": "", "torch.Tensor.softmax": ""}
    assert ask(answer, call(torch.zeros(3)), refuse=refuse)["refused"]
    assert not ask(lambda x: x.exp() / x.exp().sum(), call(torch.zeros(3)), refuse=refuse)["refused"]


def test_a_refused_class_and_a_refused_python_function_are_seen_and_restored() -> None:
    import json

    before = json.dumps
    seen = ask(lambda: json.dumps(1), call(), refuse={"json.dumps": "", "torch.nn.MultiheadAttention": ""})
    assert seen["refused"] == ["json.dumps"]
    assert json.dumps is before
    seen = ask(lambda: torch.finfo(torch.float32).eps, call(), refuse={"torch.finfo": ""})
    assert seen["refused"] == ["torch.finfo"]
    seen = ask(lambda: torch.nn.MultiheadAttention(4, 2) and 1, call(), refuse={"torch.nn.MultiheadAttention": ""})
    assert seen["refused"] == ["torch.nn.MultiheadAttention"]


def test_through_hands_the_answer_to_a_function_that_makes_what_is_no_plain_data(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = types.ModuleType("trials")
    module.__dict__.update(try_it=lambda answer, start, *, size: answer(Scale(size), start))
    monkeypatch.setitem(sys.modules, "trials", module)
    seen = ask(lambda model, start: [type(model).__name__, start + 1], through("trials.try_it", 4, size=2))
    assert decode(seen["results"][0]) == ["Scale", 5]
    wrong = ask(lambda model: 0, through("trials.try_it", 4, size=2))
    assert wrong["error"]["type"] == "TypeError"
    changed = ask(lambda model, start: start.append(1), through("trials.try_it", [4], size=2))
    assert changed["mutated"] is True
