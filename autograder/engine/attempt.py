"""One child and the conversation with it, from the fork to its certain end."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import secrets
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from autograder.engine import wire
from autograder.engine.model import Limits
from autograder.engine.warmth import Child, WarmLost, WarmProcess
from autograder.engine.watcher import Watcher
from autograder.errors import AutograderError
from autograder.sandbox import Watch, remove_tree, watch
from autograder.sandbox.room import WORK

_LAST_WORDS = 10.0
_GOODBYE = 0.05


class Ended(Exception):
    """The child has ended; ``how`` says in what way, for a sentence, and ``cause`` why it was ended from outside."""

    def __init__(self, how: str = "", cause: str = "") -> None:
        super().__init__(how or cause)
        self.how, self.cause = how, cause


class Hung(Exception):
    """A cell ran into its limit; ``reply`` is what the child said when it was interrupted, if it said anything."""

    def __init__(self, seconds: float, reply: dict[str, Any] | None) -> None:
        super().__init__(f"{seconds} s")
        self.seconds, self.reply = seconds, reply


class Forged(Exception):
    """What came is not what our side of the child sends."""


class NotSealed(AutograderError):
    """A child could not be sealed, and no student code has run in it; the message is a sentence."""


class Attempt:
    """A child in its own folder; use it in a ``with`` block, after which it and everything of it is gone.

    Attributes:
        layers: the layers of the sandbox that the child has put on.
        times: seconds spent on starting, and the child's processor time once it has ended.
    """

    def __init__(
        self, warm: WarmProcess, watcher: Watcher, base: Path, limits: Limits, accept_risk: frozenset[str],
        files: Mapping[str, Path] | None = None,
    ) -> None:  # fmt: skip
        self._files = files or {}
        self._warm, self._watcher, self._base, self._limits = warm, watcher, base, limits
        self._accept_risk = accept_risk
        self._watch: Watch | None = None
        self._child: Child | None = None
        self._number = secrets.randbits(48)
        self._heard = 0
        self.layers: tuple[str, ...] = ()
        self.times: dict[str, float] = {}

    def __enter__(self) -> Attempt:
        started = time.perf_counter()
        self._folder = Path(tempfile.mkdtemp(prefix="job-", dir=self._base))
        self._lay_out()
        self._connection, theirs = socket.socketpair()
        for end in (self._connection, theirs):
            for option in (socket.SO_SNDBUF, socket.SO_RCVBUF):
                end.setsockopt(socket.SOL_SOCKET, option, 1 << 20)
        limits = self._limits
        order = {
            "folder": str(self._folder),
            "bounds": {
                "cell": limits.cell_output, "lines": limits.cell_lines, "line": limits.line, "total": limits.output,
            },
            "limits": dataclasses.asdict(limits.box),
            "accept_risk": sorted(self._accept_risk),
        }  # fmt: skip
        try:
            with theirs:
                self._child = self._warm.fork(order, theirs, limits.start)
            with contextlib.suppress(ProcessLookupError):
                self._watch = watch(self._child.pid, self._folder, limits.box)
                self._watcher.add(self._watch)
            self._greeted()
        except BaseException:
            self.close()
            raise
        self.times["start"] = time.perf_counter() - started
        return self

    def begin(self) -> None:
        """Cells run from now on: the time before, in which it may have waited, is not theirs."""
        if self._watch is not None:
            self._watch.restart()

    def _lay_out(self) -> None:
        """Put the lesson's files where the notebook runs."""
        for name, path in self._files.items():
            place = self._folder / WORK / name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)

    def _greeted(self) -> None:
        try:
            greeting = wire.receive(self._connection, 100_000, time.monotonic() + self._limits.start)
        except (wire.Closed, wire.Late) as error:
            raise WarmLost(f"a child did not come up ({type(error).__name__})") from None
        if "failed" in greeting:
            raise NotSealed(f"Submissions cannot be run safely here: {greeting['failed']}")
        self.layers = tuple(greeting["layers"])
        self.times["seal"] = float(greeting["seal"])

    # The conversation

    def ask(self, op: str, fields: Mapping[str, Any], raw: Mapping[str, bytes], seconds: float) -> None:
        """Send a request.

        Args:
            op: what is asked.
            fields: with what.
            raw: further fields, which are JSON already.
            seconds: in which the reply must have come.

        Raises:
            Ended: if the child has ended.
        """
        self._number += 1
        # Our side of the child cuts outputs off; what does not, is not our side. JSON writes a byte with up to six.
        self._room = self._limits.message if op == "check" else 6 * self._limits.cell_output + 2_000_000
        self._deadline = time.monotonic() + seconds
        self._seconds = seconds
        message = json.dumps({"op": op, "number": self._number, **fields}).encode()
        for name, value in raw.items():
            message = message[:-1] + b", " + json.dumps(name).encode() + b": " + value + b"}"
        try:
            wire.send(self._connection, message, self._deadline)
        except wire.Closed:
            raise self._end() from None
        except wire.Late:
            raise Hung(seconds, None) from None

    def answer(self) -> dict[str, Any]:
        """The reply to the last request.

        Raises:
            Ended: if the child has ended instead.
            Hung: if it did not reply in time.
            Forged: if something else came.
        """
        try:
            return self._received(self._deadline)
        except wire.Late:
            pass
        self._interrupt()
        reply = None
        with contextlib.suppress(wire.Late, Ended):
            reply = self._received(time.monotonic() + self._limits.grace)
        raise Hung(self._seconds, reply)

    def _received(self, deadline: float) -> dict[str, Any]:
        try:
            data = wire.received(self._connection, self._room, deadline)
            self._heard += len(data)
            if self._heard > 6 * self._limits.output + 4 * self._limits.message:
                raise wire.TooLong
            reply = wire.parsed(data)
        except wire.Closed:
            raise self._end() from None
        except wire.TooLong:
            raise Forged("a message that is too long") from None
        except wire.NotJson:
            raise Forged("a message that is no JSON") from None
        if reply.pop("reply", None) != self._number:
            raise Forged("a message that answers nothing that was asked")
        return reply

    def _interrupt(self) -> None:
        if self._watch is not None:
            with contextlib.suppress(ProcessLookupError, OSError):
                signal.pidfd_send_signal(self._watch.fileno(), signal.SIGINT)

    def _end(self) -> Ended:
        """How the child ended; it is ended now if it has only closed the connection."""
        assert self._child is not None
        if not self._child.ended.wait(0.5):
            self._stop()
            self._child.ended.wait(_LAST_WORDS)
        cause = self._watch.cause if self._watch is not None else ""
        if self._child.lost:
            raise WarmLost
        code = self._child.code
        if code is None or code >= 0 or cause:
            return Ended("", cause if cause not in ("closed", "stopped") else "")
        name = signal.Signals(-code).name if -code in signal.valid_signals() else f"signal {-code}"
        return Ended(f" ({name}" + ("; a lack of memory ends like that, too)" if code == -9 else ")"))

    # The end

    def _stop(self) -> None:
        if self._watch is not None:
            self._watch.end("stopped")

    def close(self) -> None:
        """End the child and everything that it started, and remove its folder."""
        self._connection.close()
        if self._watch is not None:
            self._watcher.remove(self._watch)
            # A child that is ours ends by itself now; looking for all that is below another one costs more.
            self._watch.wait(_GOODBYE)
            self._watch.close()
        if self._child is not None:
            self._child.ended.wait(_LAST_WORDS)
            self.times["child cpu"] = self._child.cpu
        remove_tree(self._folder)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        started = time.perf_counter()
        self.close()
        self.times["end"] = time.perf_counter() - started
