"""What a learner has done so far: attempts, best points and hints taken, in one small file of the workspace."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from course.workspace import workspace_folder


class Progress:
    """Reads and writes the progress file; a file that cannot be read or written never stops a check."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or workspace_folder() / ".progress.json"

    def read(self) -> dict[str, dict[str, Any]]:
        """``{exercise: {"attempts", "points", "max_points", "status", "hints"}}``; empty where there is none yet."""
        try:
            data = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        exercises = data.get("exercises") if isinstance(data, dict) else None
        return {k: v for k, v in exercises.items() if isinstance(v, dict)} if isinstance(exercises, dict) else {}

    def record_attempt(self, exercise: str, points: float, max_points: float, status: str) -> None:
        """Remember an attempt; the best points ever earned are kept."""
        entries = self.read()
        entry = entries.setdefault(exercise, {})
        entry["attempts"] = int(entry.get("attempts", 0)) + 1
        if points >= float(entry.get("points", 0)):
            entry.update(points=points, max_points=max_points, status=status)
        self._write(entries)

    def take_hint(self, exercise: str, levels: int) -> int:
        """Remember that one more hint was taken, and say which: 1 to ``levels``, then ``levels`` again."""
        entries = self.read()
        entry = entries.setdefault(exercise, {})
        taken = min(int(entry.get("hints", 0)) + 1, levels)
        entry["hints"] = taken
        self._write(entries)
        return taken

    def _write(self, entries: dict[str, dict[str, Any]]) -> None:
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".progress-")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump({"format": 1, "exercises": entries}, file, indent=1, sort_keys=True)
            # One rename, so that a notebook killed half-way leaves the old file and not half a new one.
            os.replace(name, self.path)
