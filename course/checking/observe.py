"""Observation: run an answer on the cases and write down what it did, as plain data.

One code path serves the learner's check, the compilation of keys and the grading sandbox; only the judge differs.

An observation of one case is ``{"results": […], "error": None | {…}, "mutated": bool, "timeout": bool,
"refused": […]}``: ``results`` holds one entry for each step that observes something, up to the first step that failed.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import random
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from course.checking.data import decode, digest, encode
from course.checking.guard import TimeUp, describe_exception, time_limit
from course.checking.paths import resolve
from course.checking.refuse import Refused

#: Results of a sweep that share one digest.
SWEEP_BLOCK = 1000
#: Seconds for a sweep: tens of thousands of calls need more than the limit that ends an endless loop in one.
SWEEP_LIMIT = 50.0


class _Bounded(io.TextIOBase):
    """Takes what an answer prints and forgets it: a card is no place for it, and a flood must cost nothing."""

    def write(self, text: str) -> int:
        return len(text)


@contextlib.contextmanager
def _random_state_kept() -> Iterator[None]:
    """Leave the random generators as they were: a check must not change what the learner's next cell draws."""
    python_state = random.getstate()
    numpy, torch = sys.modules.get("numpy"), sys.modules.get("torch")
    numpy_state = numpy.random.get_state() if numpy is not None else None
    torch_state = torch.get_rng_state() if torch is not None else None
    try:
        yield
    finally:
        random.setstate(python_state)
        if numpy is not None and numpy_state is not None:
            numpy.random.set_state(numpy_state)
        if torch is not None and torch_state is not None:
            torch.set_rng_state(torch_state)


@contextlib.contextmanager
def _distributions(versions: Mapping[str, str]) -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:
        for name, version in versions.items():
            info = Path(folder) / f"{name.replace('-', '_')}-{version}.dist-info"
            info.mkdir()
            (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        sys.path.insert(0, folder)
        importlib.invalidate_caches()
        try:
            yield
        finally:
            sys.path.remove(folder)
            importlib.invalidate_caches()


class _CaseRun:
    """Carries out the steps of one case on one answer."""

    def __init__(self, answer: Any, stack: contextlib.ExitStack) -> None:
        self.subject = answer
        self.stack = stack
        self.results: list[Any] = []
        self.mutated = False

    def run(self, step: Mapping[str, Any]) -> None:
        op: Callable[[Mapping[str, Any]], None] = getattr(self, "_op_" + step["op"])
        op(step)

    def _called(self, function: Callable[..., Any], step: Mapping[str, Any]) -> Any:
        args = [decode(arg) for arg in step["args"]]
        kwargs = {name: decode(value) for name, value in step["kwargs"].items()}
        result = function(*args, **kwargs)
        observed = encode(result)
        after = [encode(arg) for arg in args], {name: encode(value) for name, value in kwargs.items()}
        if after != (list(step["args"]), dict(step["kwargs"])):
            self.mutated = True
        self.results.append(observed)
        return result

    def _op_call(self, step: Mapping[str, Any]) -> None:
        self._called(self.subject, step)

    def _op_method(self, step: Mapping[str, Any]) -> None:
        self._called(getattr(self.subject, step["name"]), step)

    def _op_new(self, step: Mapping[str, Any]) -> None:
        self.subject = self._called(self.subject, step)
        self.results.pop()

    def _op_attribute(self, step: Mapping[str, Any]) -> None:
        found = self.subject
        for part in step["name"].split("."):
            found = getattr(found, part)
        self.results.append(encode(found))

    def _op_load(self, step: Mapping[str, Any]) -> None:
        self.subject.load_state_dict(decode(step["args"][0]))

    def _op_shapes(self, step: Mapping[str, Any]) -> None:
        self.results.append(encode({name: list(p.shape) for name, p in sorted(self.subject.named_parameters())}))

    def _op_mode(self, step: Mapping[str, Any]) -> None:
        self.subject.train(step["name"] == "train")

    def _op_gradient(self, step: Mapping[str, Any]) -> None:
        import torch

        args = [decode(arg) for arg in step["args"]]
        leaves = [arg.requires_grad_() for arg in args if isinstance(arg, torch.Tensor) and arg.is_floating_point()]
        result = self.subject(*args, **{name: decode(value) for name, value in step["kwargs"].items()})
        first = result[0] if isinstance(result, (tuple, list)) else result
        first.sum().backward()
        self.results.append(encode([leaf.grad for leaf in leaves]))

    def _op_elsewhere(self, step: Mapping[str, Any]) -> None:
        self._called(resolve(step["name"]), step)

    def _op_through(self, step: Mapping[str, Any]) -> None:
        self._called(partial(resolve(step["name"]), self.subject), step)

    def _op_sweep(self, step: Mapping[str, Any]) -> None:
        items: list[Any] = resolve(step["name"])()
        rest = [resolve(path)() for path in step["args"]]
        before = digest([items, *rest])
        digests: list[str] = []
        for start in range(0, len(items), SWEEP_BLOCK):
            block = items[start : start + SWEEP_BLOCK]
            digests.append(digest([self.subject(item, *rest) for item in block]))
        if digest([items, *rest]) != before:
            self.mutated = True
        self.results.append(encode({"calls": len(items), "digests": digests}))

    def _op_installed(self, step: Mapping[str, Any]) -> None:
        self.stack.enter_context(_distributions(decode(step["args"][0])))


#: The observation of a case that is not tried, because one before it did not end.
TIMED_OUT: dict[str, Any] = {"results": [], "error": None, "mutated": False, "timeout": True, "refused": []}


def observe_case(case: Mapping[str, Any], answer: Any, refused: Refused, limit: float) -> dict[str, Any]:
    """Run one case; whatever the answer does, the result is an observation (but Ctrl-C goes through)."""
    error: dict[str, Any] | None = None
    timeout = False
    if any(step["op"] == "sweep" for step in case["steps"]):
        limit = max(limit, SWEEP_LIMIT)
    with contextlib.ExitStack() as stack:
        called = stack.enter_context(refused.watch())
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        run = _CaseRun(answer, stack)
        try:
            with time_limit(limit):
                for step in case["steps"]:
                    run.run(step)
        except TimeUp:
            timeout = True
        except KeyboardInterrupt:
            raise
        except BaseException as raised:
            error = describe_exception(raised)
    return {
        "results": run.results,
        "error": error,
        "mutated": run.mutated,
        "timeout": timeout,
        "refused": sorted(called),
    }


def observe(questions: Mapping[str, Any], answer: Any) -> list[dict[str, Any]]:
    """Run an answer on every case of an exercise.

    Args:
        questions: ``{"exercise", "refuse", "time_limit", "cases": [{"name", "steps"}]}``, inputs only.
        answer: the learner's function or class; any object at all is allowed.

    Returns:
        One observation a case, in order. After an endless loop the other cases are not tried: each is written down as
        timed out, so that a learner waits for one limit and not for one a case.
    """
    observations: list[dict[str, Any]] = []
    refused = Refused(questions["refuse"])
    with _random_state_kept(), contextlib.redirect_stdout(_Bounded()), contextlib.redirect_stderr(_Bounded()):
        for case in questions["cases"]:
            if observations and observations[-1]["timeout"]:
                observations.append(dict(TIMED_OUT))
                continue
            observations.append(observe_case(case, answer, refused, questions["time_limit"]))
    return observations
