"""A time limit for somebody else's code, and its exceptions told without our own frames."""

from __future__ import annotations

import contextlib
import ctypes
import linecache
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

from course.checking.data import without_addresses

_REPEAT = 0.2


class TimeUp(BaseException):
    """The time limit has passed.

    Not an ``Exception``, so that ``except Exception`` in an endless loop lets it through.
    """


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise :class:`TimeUp` in the body once ``seconds`` have passed, and again until it gets through.

    The alarm repeats because a bare ``except:`` inside a loop would swallow a single one.
    """
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        with _alarm(seconds):
            yield
    else:
        with _asynchronous(seconds):
            yield


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def ring(signum: int, frame: FrameType | None) -> None:
        raise TimeUp

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, _REPEAT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def _asynchronous(seconds: float) -> Iterator[None]:
    """The same for Windows and for other threads: an exception set from a watching thread."""
    target = ctypes.c_ulong(threading.get_ident())
    done = threading.Event()

    def watch() -> None:
        wait = seconds
        while not done.wait(wait):
            ctypes.pythonapi.PyThreadState_SetAsyncExc(target, ctypes.py_object(TimeUp))
            wait = _REPEAT

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
        ctypes.pythonapi.PyThreadState_SetAsyncExc(target, None)


_OURS = str(Path(__file__).resolve().parent.parent)


def _is_learners(filename: str) -> bool:
    if filename.startswith((_OURS, "<frozen")):
        return False
    return "site-packages" not in filename and not filename.startswith(sys.base_prefix + "/lib")


def describe_exception(error: BaseException) -> dict[str, Any]:
    """An exception as plain data: type, message, and the innermost line that the learner wrote.

    Returns:
        ``{"type", "message", "line", "text", "function"}``; ``line`` is 0 where no line is the learner's.
    """
    line, text, function = 0, "", ""
    traceback: TracebackType | None = error.__traceback__
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if _is_learners(code.co_filename):
            line, function = traceback.tb_lineno, code.co_name
            text = linecache.getline(code.co_filename, line).strip()
        traceback = traceback.tb_next
    if isinstance(error, SyntaxError) and error.lineno:
        line, text = error.lineno, (error.text or "").strip()
    try:
        message = str(error)
    except Exception:
        message = ""
    return {
        "type": type(error).__name__,
        "message": without_addresses(message)[:2000],
        "line": line,
        "text": text[:300],
        "function": function,
    }
