"""The trusted side of grading: keeps the hidden keys, hands out inputs, judges observations, remembers verdicts.

Student code talks to it through ``course.checking.remote``. What counts is decided here and nowhere else: a verdict is
recorded only for the exercise whose check cell is running, and only once. A check that a learner calls elsewhere is
answered from the visible cases, so that the hidden ones cannot be explored by asking again and again.
"""

from __future__ import annotations

import contextlib
import hmac
import json
import os
import secrets
import shutil
import socket
import socketserver
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from autograder.text import loads
from course.checking.judge import judge
from course.checking.key import Key
from course.checking.remote import MAX_MESSAGE
from course.checking.verdict import Verdict

_MAX_AT_ONCE = 8
_MAX_REQUESTS = 20_000
_IDLE_SECONDS = 30.0


class Refused(ValueError):
    """A request that cannot be answered; the message goes back to whoever asked."""


class UnknownExercise(LookupError):
    """No key has that name; the message goes back to whoever asked."""


class Judge:
    """Keys and the verdicts given so far; safe to use from several threads."""

    def __init__(self, keys: Mapping[str, Key]) -> None:
        self._full = dict(keys)
        self._visible = {name: key.visible() for name, key in keys.items()}
        self._expected: str | None = None
        self._lock = threading.Lock()
        #: ``{exercise: verdict}`` of the check cells that have run.
        self.verdicts: dict[str, Verdict] = {}
        #: ``{exercise: what went wrong in judging it}``, for the instructor.
        self.failures: dict[str, str] = {}

    @contextlib.contextmanager
    def expecting(self, exercise: str | None) -> Any:
        """While the body runs, the check of ``exercise`` counts."""
        with self._lock:
            self._expected = exercise
        try:
            yield
        finally:
            with self._lock:
                self._expected = None

    def questions(self, exercise: str) -> dict[str, Any]:
        """The inputs of an exercise."""
        return self._key(exercise).questions()

    def verdict(self, exercise: str, observations: Any) -> Verdict:
        """Judge observations; the first verdict on the expected exercise is remembered, and given again if asked."""
        with self._lock:
            counts = exercise == self._expected
            if counts and exercise in self.verdicts:
                return self.verdicts[exercise]
            key = self._key(exercise)
        given = self._judged(key, observations, counts)
        with self._lock:
            if counts and exercise == self._expected:
                return self.verdicts.setdefault(exercise, given)
        return given

    def _key(self, exercise: str) -> Key:
        keys = self._full if exercise == self._expected else self._visible
        if exercise not in keys:
            raise UnknownExercise(f"There is no exercise named “{str(exercise)[:80]}” in this lesson.")
        return keys[exercise]

    def _judged(self, key: Key, observations: Any, counts: bool) -> Verdict:
        if not _are_observations(observations) or len(observations) != len(key.cases):
            sentence = "What arrived at the judge is not what the check sends: something in the notebook replaced it."
            return Verdict(key.exercise, 0.0, key.points, "tampered", sentence)
        try:
            return judge(key, observations)
        except Exception as error:
            if counts:
                self.failures[key.exercise] = f"{type(error).__name__} while judging: {error}"
            return failure_of_judge(key, error)


def failure_of_judge(key: Key, error: Exception) -> Verdict:
    """The verdict where judging itself failed."""
    sentence = f"The grader itself failed on this exercise ({type(error).__name__}); the instructor has been told."
    return Verdict(key.exercise, 0.0, key.points, "grader_error", sentence)


def _are_observations(data: Any) -> bool:
    """Whether data from an untrusted process has the shape that a judge may rely on."""
    if not isinstance(data, list):
        return False
    for item in data:
        if not isinstance(item, dict) or set(item) != {"results", "error", "mutated", "timeout", "refused"}:
            return False
        if not isinstance(item["results"], list) or not isinstance(item["refused"], list):
            return False
        if not all(isinstance(path, str) for path in item["refused"]):
            return False
        if not isinstance(item["mutated"], bool) or not isinstance(item["timeout"], bool):
            return False
        if item["error"] is not None and not _is_error(item["error"]):
            return False
    return True


def _is_error(data: Any) -> bool:
    return (
        isinstance(data, dict)
        and set(data) == {"type", "message", "line", "text", "function"}
        and isinstance(data["line"], int)
        and all(isinstance(data[name], str) for name in ("type", "message", "text", "function"))
    )


class _Handler(socketserver.StreamRequestHandler):
    timeout = _IDLE_SECONDS
    server: _Server

    def handle(self) -> None:
        try:
            line = self.rfile.readline(MAX_MESSAGE + 1)
            reply = self._reply(line)
        except (OSError, MemoryError, RecursionError):
            return
        with contextlib.suppress(OSError):
            self.wfile.write(json.dumps(reply).encode() + b"\n")

    def _reply(self, line: bytes) -> dict[str, Any]:
        if len(line) > MAX_MESSAGE:
            return {"refused": "The message is too long."}
        try:
            request = loads(line.decode("utf-8", "replace"))
        except ValueError:
            return {"refused": "The message is not JSON."}
        if not isinstance(request, dict) or not isinstance(request.get("exercise"), str):
            return {"refused": "The message names no exercise."}
        token = request.get("token")
        if not isinstance(token, str) or not hmac.compare_digest(token.encode(), self.server.token.encode()):
            return {"refused": "The token is wrong."}
        try:
            if request.get("ask") == "questions":
                return {"questions": self.server.judge.questions(request["exercise"])}
            if request.get("ask") == "verdict":
                return {
                    "verdict": self.server.judge.verdict(request["exercise"], request.get("observations")).to_json()
                }
        except UnknownExercise as error:
            return {"unknown": str(error)}
        return {"refused": "The message asks for nothing that the judge gives."}


class _Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 32
    judge: Judge
    token: str

    def start_counting(self) -> None:
        self._free = threading.BoundedSemaphore(_MAX_AT_ONCE)
        self._left = _MAX_REQUESTS

    def process_request(self, request: Any, client_address: Any) -> None:
        # A notebook that floods the judge is slowed down and then ignored; the grader's memory stays its own.
        self._left -= 1
        if self._left < 0 or not self._free.acquire(timeout=_IDLE_SECONDS):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that breaks is the other side's affair; the notebook then has no verdict, which is told."""


class _UnixServer(_Server):
    address_family = getattr(socket, "AF_UNIX", socket.AF_INET)

    def server_bind(self) -> None:
        self.socket.bind(self.server_address)


class JudgeServer:
    """A judge behind a socket that only this user can reach, running in a thread; use it in a ``with`` block.

    A Unix socket in a folder of its own where the system has them, else a port on the loopback interface. Either way a
    random token must be presented.
    """

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self._token = secrets.token_urlsafe(32)
        self._folder: Path | None = None

    def __enter__(self) -> JudgeServer:
        if hasattr(socket, "AF_UNIX") and os.name == "posix":
            # The default temporary folder can be too long for a socket's path (108 bytes on Linux, 104 on macOS).
            place = tempfile.gettempdir() if len(tempfile.gettempdir()) < 60 else "/tmp"
            self._folder = Path(tempfile.mkdtemp(prefix="judge-", dir=place))
            self._server: _Server = _UnixServer(str(self._folder / "socket"), _Handler)  # type: ignore[arg-type]
            address: Any = str(self._folder / "socket")
        else:
            self._server = _Server(("127.0.0.1", 0), _Handler)
            address = list(self._server.server_address)
        self._server.judge, self._server.token = self.judge, self._token
        self._server.start_counting()
        #: What ``COURSE_JUDGE`` must hold.
        self.variable = json.dumps({"address": address, "token": self._token})
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
