"""Inside a forked child: run the cells that the supervisor sends, observe answers, and say what was seen.

A submission runs in the same interpreter. So this side decides nothing: it knows no key, its messages are taken for
observations, and each must carry the number of the request that it answers.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from autograder.engine.integrity import Snapshot
from autograder.engine.outputs import Bounds
from autograder.engine.refusals import RefusalWatch
from autograder.engine.restoring import Settings
from autograder.engine.shell import Shell, connect
from autograder.engine.wire import Closed, receive, send
from autograder.environment import ENVIRONMENT
from autograder.sandbox import Limits, SealSpec, seal
from course.checking.observe import observe

_MAX_REQUEST = 128_000_000


class Runner:
    """Answers the supervisor's requests, one at a time."""

    def __init__(
        self, connection: socket.socket, shell: Shell, bounds: Bounds, snapshot: Snapshot, watch: RefusalWatch
    ) -> None:
        self._connection = connection
        self._shell = shell
        self._snapshot = snapshot
        self._watch = watch
        #: ``{exercise: what its check was given, and what the names and settings were then}``
        self._checked: dict[str, tuple[Any, dict[str, Any], Settings]] = {}
        #: Whether nothing of the submission has run since the observing code was last found to be as it was.
        self._sound = False
        connect(shell, bounds)

    def serve(self) -> None:
        """Answer until the supervisor ends it."""
        receive_, send_, dumps = receive, send, json.dumps
        while True:
            request = receive_(self._connection, _MAX_REQUEST)
            answer: Callable[[Mapping[str, Any]], dict[str, Any]]
            answer = {"run": self._run, "check": self._check, "check_on": self._check_on}[request["op"]]
            reply = answer(request)
            send_(self._connection, dumps({**reply, "reply": request["number"]}).encode())

    def _run(self, request: Mapping[str, Any]) -> dict[str, Any]:
        outputs, shell = self._shell.outputs, self._shell
        self._sound = False
        outputs.start()
        started = time.perf_counter()
        error: BaseException | None = None
        count = shell.execution_count
        shell.plain = request["source"] if request["plain"] else ""
        try:
            result = Shell.run_cell(shell, request["source"], store_history=True)
            error = result.error_before_exec or result.error_in_exec
        except BaseException as unhandled:
            # An interrupt, or what IPython itself stumbles over: text so deep that compiling it runs out of stack.
            error = unhandled
            told = _told(unhandled) or {}
            outputs.error(told["type"], told["message"], [f"{told['type']}: {told['message']}"])
        seconds = time.perf_counter() - started
        return {"outputs": outputs.taken(), "count": count, "seconds": seconds, "error": _told(error)}

    def _check(self, request: Mapping[str, Any]) -> dict[str, Any]:
        _untraced()
        started = time.perf_counter()
        names = self._shell.user_ns
        self._sound = False
        try:
            answer = eval(compile(request["expression"], "<check>", "eval"), names)
        except BaseException as error:
            return {"error": _told(error), "seconds": time.perf_counter() - started}
        self._checked[request["exercise"]] = (answer, dict(names), Settings.now())
        return self._observed(answer, request, started)

    def _check_on(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """More cases for an answer that has been checked, with names and settings as they were then."""
        _untraced()
        started = time.perf_counter()
        answer, before, settings = self._checked[request["exercise"]]
        names = self._shell.user_ns
        names.clear()
        names.update(before)
        settings.restore()
        return self._observed(answer, request, started)

    def _observed(self, answer: Any, request: Mapping[str, Any], started: float) -> dict[str, Any]:
        questions = request["questions"]
        fault = self._fault(questions["refuse"]) or self._watch.fault(questions["refuse"])
        if fault:
            return {"tampered": fault[:200], "seconds": time.perf_counter() - started}
        self._sound = False
        try:
            with self._watch.watching(questions["refuse"], closely=request["closely"]) as calls:
                observations = observe(questions, answer)
        except BaseException as error:
            return {"error": _told(error), "seconds": time.perf_counter() - started}
        fault = self._fault(questions["refuse"])
        if fault:
            return {"tampered": fault[:200], "seconds": time.perf_counter() - started}
        return {"observations": observations, "calls": calls, "seconds": time.perf_counter() - started}

    def _fault(self, refuse: Iterable[str]) -> str:
        fault = self._snapshot.fault(refuse, observers=not self._sound)
        self._sound = not fault
        return fault


def _untraced() -> None:
    """A submission's own debugger or profiler has no business in what we do."""
    sys.settrace(None)
    sys.setprofile(None)
    threading.settrace(None)
    threading.setprofile(None)


def _told(error: BaseException | None) -> dict[str, str] | None:
    if error is None:
        return None
    try:
        text = str(error)
    except BaseException:
        text = ""
    return {"type": type(error).__name__[:200], "message": text[:2000]}


def live(
    connection: socket.socket, shell: Shell, order: Mapping[str, Any], snapshot: Snapshot, watch: RefusalWatch
) -> None:
    """Become the child of one submission, directly after the fork; never returns.

    Args:
        connection: to the supervisor.
        shell: made before the fork.
        order: ``{"folder", "bounds", "limits", "accept_risk"}`` as the supervisor gave it.
        snapshot: of the observing code before the fork.
        watch: notices refused calls that the observer does not see.
    """
    status = 70
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for number in (signal.SIGTERM, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        started = time.perf_counter()
        layers = seal(_spec(connection, order))
        seconds = time.perf_counter() - started
        runner = Runner(connection, shell, Bounds(**order["bounds"]), snapshot, watch)
        send(connection, json.dumps({"layers": list(layers), "seal": seconds}).encode())
        runner.serve()
    except Closed:
        status = 0
    except BaseException as error:
        with contextlib.suppress(BaseException):
            send(connection, json.dumps({"failed": f"{type(error).__name__}: {error}"}).encode())
    finally:
        os._exit(status)


def _spec(connection: socket.socket, order: Mapping[str, Any]) -> SealSpec:
    folder = Path(order["folder"])
    environment = {
        **ENVIRONMENT,
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "LLM_FROM_ZERO_WORKSPACE": str(folder / "home" / "workspace"),
    }
    return SealSpec(
        folder, frozenset({connection.fileno()}), Limits(**order["limits"]), environment=environment,
        accept_risk=frozenset(order["accept_risk"]),
    )  # fmt: skip
