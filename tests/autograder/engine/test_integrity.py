from __future__ import annotations

import builtins
import contextlib
import sys
import tempfile
import types
from typing import Any

import pytest
import torch
from torch.nn import functional

from autograder.engine.integrity import Snapshot, _Functions, snapshot
from course.checking import check, data, observe, refuse

REFUSE = ["torch.nn.functional.softmax", "torch.softmax", "no.such.function"]


@pytest.fixture(scope="module")
def taken() -> Snapshot:
    return snapshot(REFUSE)


def test_nothing_is_found_where_nothing_was_changed(taken: Snapshot) -> None:
    tempfile.gettempdir()
    observe.observe({"refuse": {"torch.softmax": ""}, "time_limit": 1.0, "cases": []}, print)
    assert taken.fault(REFUSE) == ""


@pytest.mark.parametrize(
    ("owner", "name", "value"),
    [
        (observe, "observe", lambda *_: []), (check, "check", lambda *_: 2.0), (refuse, "watch_refused", print),
        (builtins, "sorted", list), (builtins, "isinstance", lambda *_: True),
        (data._tensor, "__code__", data.encode.__code__),
        (observe._CaseRun, "run", lambda *_: None), (functional, "softmax", torch.softmax),
        (observe.observe, "__defaults__", (1,)),
        (contextlib, "ExitStack", object), (data.Array, "shape", property(lambda self: ())),
    ],
)  # fmt: skip
def test_what_was_replaced_is_named(
    taken: Snapshot, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, value: Any
) -> None:
    fault = ""
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, value)
        fault = taken.fault(REFUSE)
    assert fault
    assert taken.fault(REFUSE) == ""


def test_a_module_that_was_exchanged_is_named(taken: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "course.checking.data", types.ModuleType("data"))
        fault = taken.fault([])
    assert fault == "the module course.checking.data"


def test_what_a_wrapped_function_does_is_looked_at(taken: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = refuse.Refused.watch.__wrapped__
    code = inner.__code__
    inner.__code__ = (lambda self: iter([set()])).__code__
    try:
        assert taken.fault([])
    finally:
        inner.__code__ = code
    assert taken.fault([]) == ""


def test_annotations_that_are_made_when_first_asked_for_are_no_fault() -> None:
    def annotated(x: int) -> int:
        return x

    functions = _Functions([annotated])
    assert annotated.__annotations__ == {"x": "int", "return": "int"}
    assert functions.fault() == ""
    annotated.__defaults__ = (1,)
    assert functions.fault() == "annotated"


def test_functions_are_known_from_when_they_were_named() -> None:
    fresh = snapshot()
    assert fresh.fault(["torch.softmax"]) == ""
    fresh.know(["torch.softmax", "not_imported.at_all"])
    assert set(fresh.targets) == {"torch.softmax"}


def test_a_function_of_a_module_that_is_imported_later_was_not_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    import course

    fresh = snapshot()
    fresh.know(["course.later.helper"])
    later = types.ModuleType("course.later")
    later.__dict__["helper"] = lambda: 1
    monkeypatch.setattr(course, "later", later, raising=False)
    assert fresh.fault(["course.later.helper"]) == ""
    fresh.know(["course.later.helper"])
    later.__dict__["helper"] = lambda: 2
    assert fresh.fault(["course.later.helper"]) == "course.later.helper"
