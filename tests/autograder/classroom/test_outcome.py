from __future__ import annotations

import pytest

from autograder.classroom.outcome import OK, Outcome, outcome_of_error, verdict_without_judge

UNDEFINED = Outcome("error", "NameError", "name 'softmax' is not defined")


@pytest.mark.parametrize(
    ("error", "message", "kind"),
    [
        ("CellTimeoutError", "", "timeout"),
        ("MemoryError", "", "memory"),
        ("RuntimeError", "[enforce fail at alloc_cpu.cpp:124] DefaultCPUAllocator: can't allocate memory", "memory"),
        ("numpy._core._exceptions._ArrayMemoryError", "Unable to allocate 8 TiB", "memory"),
        ("ValueError", "bad", "error"),
    ],
)
def test_outcome_of_error(error: str, message: str, kind: str) -> None:
    assert outcome_of_error(error, message, 60).kind == kind


def test_the_kernels_names_of_cells_are_dropped() -> None:
    assert outcome_of_error("SyntaxError", "bad (123456.py, line 2)", 60).message == "bad (line 2)"


@pytest.mark.parametrize(
    ("answer", "check", "status", "said"),
    [
        (OK, OK, "tampered", "replaced the check"),
        (OK, UNDEFINED, "missing", "defines `softmax`"),
        (
            Outcome("error", "SyntaxError", "bad (line 2)"),
            UNDEFINED,
            "error",
            "SyntaxError: bad (line 2). So `softmax`",
        ),
        (Outcome("timeout", seconds=60), UNDEFINED, "timeout", "after 60 seconds"),
        (Outcome("memory", "MemoryError"), UNDEFINED, "memory", "more memory"),
        (Outcome("crash", message=" (SIGSEGV)"), UNDEFINED, "crash", "(SIGSEGV)"),
        (OK, Outcome("timeout", seconds=20), "timeout", "The check of `softmax` was still running after 20"),
        (OK, Outcome("crash"), "crash", "The check of `softmax` ended"),
        (OK, Outcome("memory"), "memory", "The check of `softmax` asked"),
        (OK, Outcome("error", "NameError", "name 'other' is not defined"), "error", "NameError: name 'other'"),
        (Outcome("error", "ValueError", "x"), Outcome("error", "TypeError", "y"), "error", "TypeError: y"),
        (OK, Outcome("not run", "", "the notebook took too long."), "timeout", "not reached: the notebook"),
        (OK, Outcome("not run", "crash", "the process had ended."), "crash", "not reached: the process"),
    ],
)
def test_the_cause_is_named(answer: Outcome, check: Outcome, status: str, said: str) -> None:
    verdict = verdict_without_judge("softmax", 2.0, answer, check)
    assert (verdict.exercise, verdict.points, verdict.max_points, verdict.status) == ("softmax", 0.0, 2.0, status)
    assert said in verdict.message
