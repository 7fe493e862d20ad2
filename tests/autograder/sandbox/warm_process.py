"""The process from which the sandbox's tests fork: clean and warm, as the grader's own.

Reads one JSON object a line and answers likewise. ``{"source", "name", "arguments", "before", "spec", "result"}`` forks
a child that waits at a gate; after ``{"go": true}`` it runs ``before`` unsealed, seals itself, calls the function
``name`` of ``source`` and writes ``{"layers", "value"}`` or ``{"refusal"}`` or ``{"error"}`` to the file ``result``.
The answer is its wait status.
"""

from __future__ import annotations

import errno
import json
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any


def errno_of(action: Callable[..., Any], *arguments: Any, **keywords: Any) -> str:
    """The name of the error that a call ends with, or "" if it succeeds."""
    try:
        action(*arguments, **keywords)
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, str(error))
    return ""


def call_kernel(number: int, *arguments: Any) -> str:
    """The name of the error that a system call ends with, or "" if it succeeds."""
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    library.syscall.restype = ctypes.c_long
    words = [ctypes.c_long(word) if isinstance(word, int) else word for word in arguments]
    return errno.errorcode[ctypes.get_errno()] if library.syscall(ctypes.c_long(number), *words) == -1 else ""


def child(order: dict[str, Any], result: int, gate: int) -> None:
    """What the fork does; never returns."""
    from autograder import sandbox

    outcome: dict[str, Any] = {}
    try:
        os.read(gate, 1)
        names: dict[str, Any] = {"errno_of": errno_of, "call_kernel": call_kernel, "os": os, "Path": Path}
        exec(order["before"], names)
        told = order["spec"]
        spec = sandbox.SealSpec(
            folder=Path(told["folder"]),
            keep=frozenset({result, *told["keep"]}),
            limits=sandbox.Limits(**told["limits"]),
            readable=tuple(map(Path, told["readable"])),
            environment=told["environment"],
            accept_risk=frozenset(told["accept_risk"]),
        )
        outcome["layers"] = sandbox.seal(spec)
        exec(order["source"], names)
        outcome["value"] = names[order["name"]](**order["arguments"])
    except sandbox.SealError as refusal:
        outcome["refusal"] = str(refusal)
    except BaseException:
        outcome["error"] = traceback.format_exc()
    finally:
        os.write(result, json.dumps(outcome, default=str).encode())
        os._exit(0)


def main() -> None:
    """Serve until standard input closes."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    import matplotlib.pyplot
    import torch

    import course
    from autograder import sandbox

    torch.set_num_threads(1)
    assert course.check
    assert matplotlib.pyplot.figure
    sandbox.prepare()
    sandbox.enter_namespaces()
    sandbox.adopt_orphans()
    for line in sys.stdin:
        order = json.loads(line)
        result = os.open(order["result"], os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        gate, opener = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(opener)
            child(order, result, gate)
        os.close(gate)
        os.close(result)
        print(json.dumps({"pid": pid}), file=answers, flush=True)
        assert json.loads(sys.stdin.readline())["go"]
        os.write(opener, b"g")
        os.close(opener)
        _, status, used = os.wait4(pid, 0)
        ended = {"code": os.waitstatus_to_exitcode(status), "processor": used.ru_utime + used.ru_stime}
        print(json.dumps(ended), file=answers, flush=True)


if __name__ == "__main__":
    main()
