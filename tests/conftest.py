"""What all tests share: a small lesson of two exercises, and a learner's folder that is thrown away."""

from __future__ import annotations

import asyncio
import inspect
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from autograder.build.builder import LessonSource
from autograder.build.source import format_text, parse
from autograder.contract import Alternative, Exercise, Lesson, Misconception, call, case
from course.checking.key import Key

HINTS = ("Look at the sum.", "What does exp do to a thousand?", "Subtract the largest score first.")

TINY_TEXT = '''# %% [markdown]
# # A tiny lesson
#
# Weights are $w_i = e^{x_i} / \\sum_j e^{x_j}$.

# %% setup=true
import torch
from course import check

# %% exercise="tiny_softmax"
def tiny_softmax(x, dim=-1):
    """Normalise x along dim."""
    ### BEGIN SOLUTION
    shifted = x - x.max(dim=dim, keepdim=True).values
    powers = torch.exp(shifted)
    return powers / powers.sum(dim=dim, keepdim=True)
    ### END SOLUTION

# %% check="tiny_softmax"
check("tiny_softmax", tiny_softmax)

# %% exercise="tiny_batches"
def tiny_batches(items, size):
    """Cut items into lists of at most size."""
    ### BEGIN SOLUTION
    return [items[i : i + size] for i in range(0, len(items), size)]
    ### END SOLUTION
    ### BEGIN STUB
    # return [items[i : i + size] for i in range(0, len(items) - size, size)]
    ### END STUB

# %% check="tiny_batches"
check("tiny_batches", tiny_batches)
'''


def tiny_lesson() -> Lesson:
    """The contract of the tiny lesson."""
    import torch

    draw = torch.Generator().manual_seed(0)
    softmax = Exercise(
        name="tiny_softmax",
        title="softmax",
        points=2,
        difficulty=1,
        minutes=5,
        hints=HINTS,
        cases=(
            case("rows", call(torch.randn(2, 3, generator=draw))),
            case("along the first dimension", call(torch.randn(3, 2, generator=draw), 0)),
            case("scores of a thousand", call(torch.tensor([1000.0, 1001.0]))),
            case("other rows", call(torch.randn(4, 5, generator=draw)), hidden=True, note="It has five columns."),
            case("double precision", call(torch.randn(4, generator=draw, dtype=torch.float64)), hidden=True, rtol=1e-9),
        ),
        misconceptions=(
            Misconception(
                "no_max",
                "Large scores give NaN: the exponential overflows. Look at what is exponentiated.",
                1,
                edits={"x - x.max(dim=dim, keepdim=True).values": "x"},
            ),
            Misconception(
                "sum_over_all",
                "All numbers together sum to one, not each row: look at what sum() runs over.",
                0.5,
                edits={"powers.sum(dim=dim, keepdim=True)": "powers.sum()"},
            ),
            Misconception(
                "changes_input",
                "The caller's tensor is changed: look for -=.",
                1.5,
                edits={
                    "shifted = x - x.max(dim=dim, keepdim=True).values": "x -= x.max(dim=dim, keepdim=True).values",
                    "torch.exp(shifted)": "torch.exp(x)",
                },
            ),
        ),
        alternatives=(
            Alternative(
                "log_sum_exp",
                code="def tiny_softmax(x, dim=-1):\n    return (x - torch.logsumexp(x, dim=dim, keepdim=True)).exp()\n",
            ),
        ),
        refuse=dict.fromkeys(("torch.softmax", "torch.nn.functional.softmax"), "building it is the exercise."),
        time_limit=1.0,
    )
    batches = Exercise(
        name="tiny_batches",
        title="batches",
        points=1,
        difficulty=1,
        minutes=5,
        hints=HINTS,
        cases=(
            case("seven by three", call([1, 2, 3, 4, 5, 6, 7], 3)),
            case("six by three", call([1, 2, 3, 4, 5, 6], 3)),
            case("nothing at all", call([], 3), hidden=True),
            case("one by one", call([5, 6], 1), hidden=True),
        ),
        misconceptions=(
            Misconception(
                "gap",
                "Every batch is followed by a gap: look at the step of the range.",
                0.5,
                edits={"range(0, len(items), size)": "range(0, len(items), size + 1)"},
            ),
        ),
        alternatives=(
            Alternative(
                "slices",
                code="def tiny_batches(items, size):\n    found = []\n    while items:\n"
                "        found.append(items[:size])\n        items = items[size:]\n    return found\n",
            ),
        ),
        time_limit=1.0,
    )
    return Lesson("99_tiny", "A tiny lesson", "You try two things.", 5, (softmax, batches))


# How long an example takes to make or to try tells only how busy the machine is.
settings.register_profile(
    "course", settings.get_profile(settings.get_current_profile_name()),
    deadline=None, suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
settings.load_profile("course")


@pytest.fixture(scope="session")
def tiny_text() -> str:
    """The source of the tiny lesson, not yet in its canonical form."""
    return TINY_TEXT


@pytest.fixture(scope="session")
def tiny_contract() -> str:
    """The source of the tiny lesson's contract, as a function."""
    return inspect.getsource(tiny_lesson)


@pytest.fixture(scope="session")
def tiny() -> LessonSource:
    """The tiny lesson, read."""
    return LessonSource(tiny_lesson(), parse(format_text(TINY_TEXT), "lesson.py"))


@pytest.fixture(scope="session")
def tiny_keys(tiny: LessonSource) -> dict[str, Key]:
    """The full keys of the tiny lesson."""
    return tiny.keys()


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A learner's folder of its own."""
    monkeypatch.setenv("LLM_FROM_ZERO_WORKSPACE", str(tmp_path / "workspace"))
    return tmp_path / "workspace"


@pytest.fixture(scope="module", autouse=True)
def no_loop_is_left() -> None:
    """Names the cause where an earlier module left an event loop running in this thread, as an open Playwright does."""
    assert asyncio._get_running_loop() is None, "A module that ran before left an event loop running: close it there."
