"""The outputs of a cell, as a notebook keeps them, within bounds; what is beyond them is cut off and said."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from autograder.engine.evidence import is_shallow

#: A view of a widget shows nothing without a kernel behind it; its text stays.
_LEFT_OUT = ("application/vnd.jupyter.widget-view+json",)
_CUT = "\n[output cut off: {}]\n"


@dataclass
class Bounds:
    """What may still be kept.

    Attributes:
        cell: bytes of one cell.
        lines: lines of text of one cell.
        line: characters of one line.
        total: bytes of all cells together that are left.
    """

    cell: int
    lines: int
    line: int
    total: int


class Outputs:
    """Gathers the outputs of one cell after another."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._displays: dict[str, list[dict[str, Any]]] = {}
        self.start()

    def start(self) -> None:
        """Begin a new cell."""
        self._items: list[dict[str, Any]] = []
        self._left = min(self._bounds.cell, self._bounds.total)
        self._lines_left = self._bounds.lines
        self._column = 0
        self._cut = ""
        self._clear = False

    def taken(self) -> list[dict[str, Any]]:
        """The outputs of the cell."""
        for item in self._items:
            if isinstance(item.get("text"), list):
                item["text"] = "".join(item["text"])
        if self._cut:
            self._items.append({"output_type": "stream", "name": "stderr", "text": _CUT.format(self._cut)})
        return self._items

    def stream(self, name: str, text: str) -> None:
        """Add text to ``stdout`` or ``stderr``."""
        if self._cut or not text:
            return
        self._cleared()
        text = self._within_lines(text[: self._left + 1])
        size = len(text.encode("utf-8", "replace"))
        if size > self._left:
            text = text.encode("utf-8", "replace")[: self._left].decode("utf-8", "ignore")
            self._cut = self._cut or "too many characters"
        self._spend(size)
        last = self._items[-1] if self._items else None
        if last is not None and last["output_type"] == "stream" and last["name"] == name:
            last["text"].append(text)
        else:
            self._items.append({"output_type": "stream", "name": name, "text": [text]})

    def _within_lines(self, text: str) -> str:
        kept: list[str] = []
        for part in re.split(r"(\n|\r)", text):
            if part == "\n":
                self._lines_left -= 1
                self._column = 0
                kept.append(part)
                if self._lines_left <= 0:
                    self._cut = "too many lines"
                    break
            elif part == "\r":
                # A progress bar writes over its own line.
                self._column = 0
                kept.append(part)
            else:
                room = self._bounds.line - self._column
                kept.append(part[: max(room, 0)])
                if len(part) > room > 0:
                    kept.append("…")
                self._column += len(part)
        return "".join(kept)

    def display(
        self,
        data: Mapping[str, Any],
        metadata: Mapping[str, Any],
        *,
        display_id: str = "",
        update: bool = False,
        count: int | None = None,
    ) -> None:
        """Add a display, or the result of the cell if there is a ``count``; or change one that was shown before."""
        shown = {kind: value for kind, value in data.items() if kind not in _LEFT_OUT}
        plain = {
            kind: value if isinstance(value, str) or kind.endswith("json") else json.dumps(value)
            for kind, value in _jsonable(shown).items()
        }
        about = _jsonable(metadata)
        if not plain or self._cut:
            return
        size = len(json.dumps([plain, about]))
        if size > self._left:
            self._cut = "a display that is too large"
            return
        self._spend(size)
        if update:
            for shown in self._displays.get(display_id, []):
                shown["data"], shown["metadata"] = plain, about
            return
        self._cleared()
        item: dict[str, Any] = {"output_type": "display_data", "data": plain, "metadata": about}
        if count is not None:
            item = {**item, "output_type": "execute_result", "execution_count": count}
        self._items.append(item)
        if display_id:
            self._displays.setdefault(display_id, []).append(item)

    def error(self, name: str, value: str, traceback: list[str]) -> None:
        """Add the exception that ended the cell; it is kept whatever was cut off before."""
        lines = [line[: self._bounds.line] for line in traceback]
        while len(lines) > 1 and sum(map(len, lines)) > 100_000:
            del lines[len(lines) // 2]
        self._items.append({
            "output_type": "error", "ename": name[:200], "evalue": value[:20_000],
            "traceback": [line[:100_000] for line in lines],
        })  # fmt: skip

    def clear(self, wait: bool) -> None:
        """Take back what the cell has shown, now or when the next output comes."""
        self._clear = wait
        if not wait:
            self._items.clear()

    def _cleared(self) -> None:
        if self._clear:
            self.clear(wait=False)

    def _spend(self, size: int) -> None:
        self._left -= size
        self._bounds.total -= size


def _jsonable(data: Mapping[str, Any]) -> dict[str, Any]:
    """Display data as JSON; bytes, as pictures give them, become base64."""
    import base64

    found: dict[str, Any] = {}
    for kind, value in data.items():
        if isinstance(value, bytes):
            value = base64.b64encode(value).decode("ascii")
        try:
            plain = json.loads(json.dumps(value))
        except (TypeError, ValueError, RecursionError):
            plain = type(value).__name__
        found[str(kind)] = plain if is_shallow(plain) else "[left out: it is nested too deeply]"
    return found


class Stream(io.TextIOBase):
    """A standard stream whose text goes to the outputs."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, name: str, outputs: Outputs) -> None:
        super().__init__()
        self.name = f"<{name}>"
        self._stream = name
        self._outputs = outputs

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._outputs.stream(self._stream, text)
        return len(text)

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        raise io.UnsupportedOperation("fileno")
