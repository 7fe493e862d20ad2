"""Why a check cell has no verdict: from how its cells ended to a verdict of no points that names the cause."""

from __future__ import annotations

import re
from dataclasses import dataclass

from course.checking.verdict import Verdict


@dataclass(frozen=True)
class Outcome:
    """How running one cell ended.

    Attributes:
        kind: ``"ok"``, ``"error"``, ``"timeout"``, ``"memory"``, ``"crash"`` or ``"not run"``.
        error: the exception's type name.
        message: the exception's message, or what is known of the end.
        seconds: the limit that was exceeded.
    """

    kind: str
    error: str = ""
    message: str = ""
    seconds: float = 0.0


OK = Outcome("ok")
_OUT_OF_MEMORY = ("can't allocate memory", "Unable to allocate", "DefaultCPUAllocator", "Cannot allocate memory")


def outcome_of_error(error: str, message: str, seconds: float) -> Outcome:
    """The outcome of a cell that ended with an exception."""
    if error == "CellTimeoutError":
        return Outcome("timeout", seconds=seconds)
    if error == "MemoryError" or any(text in message for text in _OUT_OF_MEMORY):
        return Outcome("memory", error, message)
    # The kernel numbers its cells' files by itself, which says nothing to anybody.
    return Outcome("error", error, re.sub(r"\(\d+\.py, line (\d+)\)", r"(line \1)", message)[:500])


def verdict_without_judge(exercise: str, points: float, answer: Outcome, check: Outcome) -> Verdict:
    """The verdict on an exercise whose check brought none.

    Args:
        exercise: its name.
        points: what a full answer earns.
        answer: how the answer's cell ended.
        check: how the check's cell ended.
    """
    undefined = check.kind == "error" and check.error == "NameError" and f"'{exercise}'" in check.message
    cause = answer if undefined and answer.kind != "ok" else check
    status, sentence = _told(exercise, cause, is_answer=cause is answer, undefined=undefined)
    return Verdict(exercise, 0.0, points, status, sentence)


def _told(exercise: str, cause: Outcome, *, is_answer: bool, undefined: bool) -> tuple[str, str]:
    where = f"The cell of `{exercise}`" if is_answer else f"The check of `{exercise}`"
    match cause.kind:
        case "timeout":
            return "timeout", (
                f"{where} was still running after {cause.seconds:.0f} seconds and was interrupted: "
                "is there a loop that never ends?"
            )
        case "memory":
            return "memory", f"{where} asked for more memory than there is: is a size much larger than it should be?"
        case "crash":
            return (
                "crash",
                f"{where} ended the Python process itself{cause.message}: nothing could be read from it any more.",
            )
        case "not run":
            return cause.error or "timeout", f"{where} was not reached: {cause.message}"
        case "error" if is_answer:
            return "error", f"{where} stopped with {cause.error}: {cause.message}. So `{exercise}` was never defined."
        case "error" if undefined:
            return "missing", f"Nothing in the notebook defines `{exercise}`."
        case "error":
            return "error", f"{where} stopped with {cause.error}: {cause.message}"
    return "tampered", (
        f"{where} ran, but no result reached the judge: something in the notebook replaced the check or what it uses."
    )
