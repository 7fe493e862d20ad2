"""A server on loopback for as long as a ``with`` block lasts; it ends with the block, also after an exception."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HOST = "127.0.0.1"
_ROOT = Path(__file__).resolve().parents[2]
#: What ``python -m course.serving serve`` prints as soon as its port is open.
ADDRESS = re.compile(r"serving on (http://127\.0\.0\.1:\d+)")


def server_settings(**more: Any) -> dict[str, Any]:
    """uvicorn's settings that all servers of the course share: no line a request on stdout, a limit on idle clients."""
    return {"access_log": False, "log_level": "error", "timeout_keep_alive": 5, "timeout_graceful_shutdown": 5, **more}


@contextmanager
def running(app: Any, *, seconds: float = 30.0) -> Iterator[str]:
    """Serve an ASGI application from a thread of this process; gives ``"http://127.0.0.1:PORT"`` once it answers.

    Args:
        app: FastAPI or any ASGI application; its lifespan runs.
        seconds: how long the start may take.

    Raises:
        RuntimeError: if it does not start in time, or its lifespan fails.
    """
    import uvicorn

    # The protocol is named, as asyncio turns Nagle's algorithm off only where it is: head and body of an answer go out
    # in two pieces, and the second would wait for the client's delayed acknowledgement of the first, 40 ms.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.bind((HOST, 0))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, **server_settings()))
        thread = threading.Thread(target=_serve, args=(server, listener), name="server", daemon=True)
        thread.start()
        try:
            _until_started(server, thread, seconds)
            yield f"http://{HOST}:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


def _serve(server: Any, listener: socket.socket) -> None:
    # uvicorn leaves the process when the lifespan fails; here there is no process to leave, and _until_started says it.
    with contextlib.suppress(SystemExit):
        server.run(sockets=[listener])


def _until_started(server: Any, thread: threading.Thread, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("The server did not start: its lifespan failed; start the service by itself to see why.")
        if time.monotonic() > end:
            raise RuntimeError(f"The server did not start within {seconds:g} s.")
        time.sleep(0.01)


@contextmanager
def running_process(
    arguments: Sequence[str], *, seconds: float = 60.0, environment: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Run ``python -m course.serving ARGUMENTS`` in a process of its own until the block ends; gives its address.

    Args:
        arguments: e.g. ``["serve", folder, "--port", "0"]``; the command must print where it serves.
        seconds: how long the start may take.
        environment: variables on top of this process's.

    Raises:
        RuntimeError: with what it said, if it ends or does not serve in time.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "course.serving", *arguments], cwd=_ROOT, env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    words: list[str] = []
    found = threading.Event()

    def listen() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            words.append(line)
            if ADDRESS.search(line):
                found.set()
        found.set()

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    try:
        found.wait(seconds)
        address = ADDRESS.search("".join(words))
        if address is None:
            raise RuntimeError(f"The server did not start: {''.join(words).strip()[-500:] or 'it said nothing'}")
        yield address.group(1)
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
        if process.poll() is None:
            process.kill()
            process.wait()
        listener.join(5)
        if process.stdout is not None:
            process.stdout.close()
