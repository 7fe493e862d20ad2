"""The supervisor's end of the warm process: start it, ask it for children, hear when they have ended."""

from __future__ import annotations

import array
import contextlib
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.engine.warm import FIRST, IMPORTS
from autograder.environment import ENVIRONMENT
from autograder.errors import AutograderError

CODE = Path(__file__).resolve().parents[2]
_MAX_NEWS = 1_000_000


class WarmLost(ConnectionError):
    """The warm process has ended; children that it had ended with it."""


class WarmFailed(AutograderError):
    """The warm process could not be started; the message is a sentence with what it said last."""


@dataclass
class Child:
    """A forked process, as news of it comes in.

    Attributes:
        pid: its number; 0 until it is known.
        code: exit status, negative for a signal; ``None`` while it runs, or where nothing is known of its end.
        cpu: seconds of processor time that it used.
    """

    pid: int = 0
    failed: str = ""
    code: int | None = None
    cpu: float = 0.0
    lost: bool = False
    known: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)


class WarmProcess:
    """One warm process with its own imports.

    Args:
        modules: what it imports.
        refuse: functions whose calls may be watched, so that it knows what they are before any submission runs.
        orphaned: folders that it removes if this process is killed.
        patience: seconds in which it must be there.
        wait: whether to wait until it is; else :meth:`wait` has to be called before it is used.
    """

    def __init__(
        self, modules: Sequence[str], refuse: Sequence[str] = (), orphaned: Sequence[Path] = (),
        patience: float = 120.0, *, wait: bool = True,
    ) -> None:  # fmt: skip
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._children: dict[int, Child] = {}
        self.lost = False
        self._closed = False
        self._known = set(refuse)
        # Its home while it imports; empty afterwards, and nobody's.
        self._home = tempfile.TemporaryDirectory(prefix="warm-", ignore_cleanup_errors=True)
        self._words = Path(self._home.name) / "words"
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._patience = patience
        folders = [*map(str, orphaned), self._home.name]
        try:
            self._process = self._started(theirs)
            theirs.close()
            self._order({"modules": list(modules), "refuse": list(refuse), "orphaned": folders})
        except (WarmLost, OSError) as error:
            raise self._failed(error) from error
        if wait:
            self.wait()

    def wait(self) -> None:
        """Wait until it is ready.

        Raises:
            WarmFailed: if it does not get ready; it is closed then.
        """
        try:
            self._control.settimeout(self._patience)
            news = self._news()
            #: Why modules could not be imported.
            self.failed: dict[str, str] = news["failed"]
            self.pid: int = news["ready"]
            #: How many threads it has; a process with more than one should not fork.
            self.threads: int = news["threads"]
            self._control.settimeout(None)
        except (WarmLost, TimeoutError, OSError) as error:
            raise self._failed(error) from error
        self._listener = threading.Thread(target=self._listen, daemon=True, name="warm-news")
        self._listener.start()

    def _failed(self, error: Exception) -> WarmFailed:
        words = self._words.read_text(errors="replace").strip().splitlines() if self._words.exists() else []
        self.close()
        said = words[-1] if words else str(error) or "it said nothing"
        return WarmFailed(f"The process that grades submissions could not be started: {said}")

    def _started(self, theirs: socket.socket) -> subprocess.Popen[bytes]:
        home = self._home.name
        environment = {
            **ENVIRONMENT,
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "HOME": home,
            "TMPDIR": home,
            "MPLCONFIGDIR": home,
            "IPYTHONDIR": f"{home}/ipython",
            "HF_HOME": f"{home}/huggingface",
            "MPLBACKEND": "module://matplotlib_inline.backend_inline",
            "PYTHONPATH": str(CODE),
            # Memory in large pages from the start, so that :func:`autograder.engine.pages.gather` has little to copy.
            "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
            **({"PYTHONDONTWRITEBYTECODE": "1"} if sys.dont_write_bytecode else {}),
            "LLM_FROM_ZERO_CACHE": str(_cache()),
            # Arrow's memory allocator runs a thread, and a process with threads should not fork.
            "JE_ARROW_MALLOC_CONF": "background_thread:false",
        }
        command = [sys.executable, "-P", "-s", "-m", "autograder.engine.zygote", str(theirs.fileno())]
        with self._words.open("wb") as words:
            return subprocess.Popen(
                command, env=environment, cwd=home, stdin=subprocess.DEVNULL, stdout=words, stderr=words,
                pass_fds=[theirs.fileno()], start_new_session=True,
            )  # fmt: skip

    def _news(self) -> dict[str, Any]:
        data = self._control.recv(_MAX_NEWS)
        if not data:
            raise WarmLost("it ended by itself")
        news: dict[str, Any] = json.loads(data)
        return news

    def _listen(self) -> None:
        try:
            while True:
                self._hear(self._news())
        except (OSError, ValueError):
            pass
        with self._lock:
            self.lost = True
            children = list(self._children.values())
            self._children.clear()
        for child in children:
            child.lost = True
            child.known.set()
            child.ended.set()

    def _hear(self, news: Mapping[str, Any]) -> None:
        child = self._children.get(news["id"])
        if child is None:
            return
        if "pid" in news:
            child.pid = news["pid"]
        if "failed" in news:
            child.failed = news["failed"]
        if "ended" in news:
            child.code, child.cpu = news["ended"], news["cpu"]
        if "ended" in news or "failed" in news:
            with self._lock:
                self._children.pop(news["id"], None)
            child.ended.set()
        child.known.set()

    def fork(self, order: Mapping[str, Any], connection: socket.socket, patience: float) -> Child:
        """Ask for a child that speaks through ``connection``.

        Raises:
            WarmLost: if the warm process has ended, or does not answer.
        """
        child = Child()
        with self._lock:
            if self.lost:
                raise WarmLost
            number = next(self._numbers)
            self._children[number] = child
            message = json.dumps({**order, "id": number}).encode()
            descriptor = array.array("i", [connection.fileno()])
            try:
                self._control.sendmsg([message], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, descriptor)])
            except OSError as error:
                raise WarmLost(str(error)) from None
        if not child.known.wait(patience) or child.lost or child.failed:
            raise WarmLost(child.failed or "it does not answer")
        return child

    def know(self, refuse: Iterable[str]) -> None:
        """Let it remember functions whose calls may be watched, before a submission could replace them.

        Raises:
            WarmLost: if the warm process has ended.
        """
        with self._lock:
            new = [path for path in refuse if path not in self._known]
            if not new:
                return
            self._known.update(new)
            self._order({"know": new})

    def own(self, folder: Path) -> None:
        """Let it remove this folder, too, if this process is killed.

        Raises:
            WarmLost: if the warm process has ended.
        """
        self._order({"orphaned": [str(folder)]})

    def _order(self, order: Mapping[str, Any]) -> None:
        try:
            self._control.send(json.dumps(order).encode())
        except OSError as error:
            raise WarmLost(str(error)) from None

    def close(self) -> None:
        """End it with everything below it; once is enough."""
        if self._closed:
            return
        self._closed = True
        with contextlib.suppress(OSError):
            self._control.send(b'{"dismissed": true}')
            self._control.shutdown(socket.SHUT_RDWR)
        process = getattr(self, "_process", None)
        if process is not None and not hasattr(self, "_listener"):
            process.kill()  # it is still importing, and has nothing to end
        if process is not None:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        if hasattr(self, "_listener"):
            self._listener.join(5)
        self._control.close()
        self._home.cleanup()


@contextlib.contextmanager
def begun() -> Iterator[WarmProcess | None]:
    """A warm process of the smallest kind that starts while other things are made ready for it.

    Gives nothing where there can be none; whoever gets one waits for it, or it is closed again.
    """
    if sys.platform != "linux":
        yield None
        return
    warm = WarmProcess(IMPORTS[FIRST], wait=False)
    try:
        yield warm
    finally:
        warm.close()


def _cache() -> Path:
    from course.resources import cache_directory

    return cache_directory().resolve()
