from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import nn

from autograder.engine.refusals import RefusalWatch

REFUSE = (
    "torch.softmax", "torch.Tensor.softmax", "torch.nn.functional.softmax", "torch.special.softmax",
    "torch.nn.functional.scaled_dot_product_attention",
)  # fmt: skip
F = nn.functional
X = torch.tensor([[0.0, 1.0], [2.0, 3.0]])
TRACED = torch.jit.trace(lambda x: torch.softmax(x, -1), X)


def in_thread(call: Callable[[], Any]) -> Callable[[], Any]:
    def run() -> None:
        thread = threading.Thread(target=call)
        thread.start()
        thread.join()

    return run


def behind_a_guard() -> None:
    with torch._C.DisableTorchFunction():
        torch.softmax(X, -1)


def watched(call: Callable[[], Any], *, closely: bool) -> set[str]:
    with RefusalWatch().watching(REFUSE, closely=closely) as called:
        call()
    return set(called)


@pytest.mark.parametrize(
    "call",
    [
        in_thread(lambda: torch.softmax(X, -1)), in_thread(lambda: X.softmax(-1)), behind_a_guard,
        lambda: torch.ops.aten._softmax(X, -1, False), lambda: TRACED(X), lambda: torch.special.softmax(X, -1),
        lambda: F.scaled_dot_product_attention(X[None], X[None], X[None]),
    ],
)  # fmt: skip
def test_operators_are_seen_wherever_they_run(call: Callable[[], Any]) -> None:
    assert watched(call, closely=True)


def test_threads_that_were_there_before_are_seen() -> None:
    tasks: queue.Queue[Any] = queue.Queue()
    done: queue.Queue[Any] = queue.Queue()
    threading.Thread(target=lambda: done.put(torch.softmax(tasks.get(), -1)), daemon=True).start()

    def ask() -> None:
        tasks.put(X)
        done.get(timeout=5)

    assert "torch.softmax" in watched(ask, closely=True)


def test_functions_in_python_are_seen_by_whatever_name_and_without_looking_closely() -> None:
    captured = F.softmax
    assert watched(in_thread(lambda: captured(X, dim=-1)), closely=False) == {"torch.nn.functional.softmax"}
    result = F.softmax(X, -1)
    assert F.softmax is captured
    assert torch.equal(result, captured(X, dim=-1))


@pytest.mark.parametrize(
    "call",
    [
        lambda: X.exp() / X.exp().sum(-1, keepdim=True), lambda: F.cross_entropy(X, torch.tensor([0, 1])),
        lambda: torch.logsumexp(X, -1), lambda: nn.Linear(2, 2)(X).sum().backward(), lambda: X @ X,
    ],
)  # fmt: skip
def test_other_functions_are_not(call: Callable[[], Any]) -> None:
    assert watched(call, closely=True) == set()


def test_a_function_comes_back_as_it_was_also_after_an_exception() -> None:
    before = F.softmax.__code__, F.softmax.__defaults__, F.softmax.__kwdefaults__
    with pytest.raises(ZeroDivisionError), RefusalWatch().watching(REFUSE, closely=False):
        raise ZeroDivisionError
    assert (F.softmax.__code__, F.softmax.__defaults__, F.softmax.__kwdefaults__) == before


def test_a_profiler_that_was_stopped_is_told() -> None:
    assert watched(lambda: torch.autograd._disable_profiler(), closely=True) - set(REFUSE)


def test_a_watch_that_was_switched_off_is_told() -> None:
    watch = RefusalWatch()
    assert watch.fault(REFUSE) == ""
    with torch._C.DisableTorchFunction():
        assert "watch" in watch.fault(REFUSE)
        assert watch.fault(["json.loads"]) == ""
