"""Notices refused calls where the observer's own watch does not look: in other threads, behind switched-off modes."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator


class RefusalWatch:
    """Stands beside :mod:`course.checking.refuse` while an answer is observed."""

    def fault(self, refuse: Iterable[str]) -> str:
        """Why the observer's watch would not work, or an empty string."""
        torch = sys.modules.get("torch")
        if torch is None or not any(path.startswith("torch.") for path in refuse):
            return ""
        from course.checking.refuse import watch_refused

        with watch_refused({"torch.numel": ""}) as seen:
            torch.numel(torch.empty(0))
        return "" if seen else "the watch over torch's functions"

    @contextlib.contextmanager
    def watching(self, refuse: Iterable[str]) -> Iterator[list[str]]:
        """Gather the dotted paths of refused functions that are called in the body."""
        yield []
