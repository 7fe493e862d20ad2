"""One thread that looks at every child that runs, so that none uses more than it may."""

from __future__ import annotations

import contextlib
import threading

from autograder.sandbox import Watch
from autograder.sandbox.watching import INTERVAL


class Watcher:
    """Looks at all watches that were added, every few hundredths of a second; sleeps while there are none."""

    def __init__(self) -> None:
        self._watches: set[Watch] = set()
        self._changed = threading.Condition()
        self._stop = False
        self._thread = threading.Thread(target=self._run, daemon=True, name="watcher")
        self._thread.start()

    def add(self, watch: Watch) -> None:
        """Begin to look at a child."""
        with self._changed:
            self._watches.add(watch)
            self._changed.notify()

    def remove(self, watch: Watch) -> None:
        """Look at it no longer; when this returns, nobody does."""
        with self._changed:
            self._watches.discard(watch)

    def end_all(self) -> None:
        """End every child that is being watched."""
        with self._changed:
            for watch in self._watches:
                watch.end("stopped")

    def close(self) -> None:
        """Stop looking."""
        with self._changed:
            self._stop = True
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._watches and not self._stop:
                    self._changed.wait()
                if self._stop:
                    return
                for watch in self._watches:
                    with contextlib.suppress(OSError):
                        watch.look()
                self._changed.wait(INTERVAL)
