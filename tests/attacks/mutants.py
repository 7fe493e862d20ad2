"""Mutants of honest notebooks, on three levels: the bytes of the file, its JSON, its cells."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

#: What parsers stumble over.
_TOKENS = (
    b"null", b"NaN", b"-Infinity", b"1e999", b"-0", b"true", b"{}", b"[]", b'""', b"[[[[[[", b"}", b'"', b"\\", b",",
    b"\\ud800", b"\\u0000", b"\x00", b"\xff", b"\xc3", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\r\n", b"\n", b"9" * 5000,
    b'"cells": [', b'"cells": {}, ', b'"source": 1, ', b'"metadata": null, ', b'"cell_type": "code", ', b"<html>",
    b"<<<<<<< HEAD\n", b'"nbformat": 3, ', b'"nbformat": "4", ', b'"worksheets": [], ', b'"id": "row_softmax", ',
    b'"grade_id": "row_softmax"', b'"outputs": [[[1]]], ', b'"attachments": {"x": {"image/png": 5}}, ',
)  # fmt: skip
#: Program text: honest, broken, and such as turns up in notebooks by accident.
_FRAGMENTS = (
    "def row_softmax(x):\n    return x",
    "def fingerprint(text): return 590",
    "mean_of = lambda values: sum(values) / len(values)",
    "Scaler = nn.Identity",
    "class Scaler:\n    pass",
    "row_softmax = None",
    "del mean_of",
    "check = print",
    'check("row_softmax", row_softmax)',
    'check("mean_of")',
    'check("nothing", 1)',
    "hint('mean_of')",
    "raise NotImplementedError()",
    "raise ValueError('<b>x</b>')",
    "    indented = 1",
    "def broken(:",
    "(((((",
    "print('x' * 1000)",
    "%%time\n1",
    "%reset -f",
    "!ls",
    "?print",
    "from torch import *",
    "import math as torch",
    "exit()",
    "1 / 0",
    "\ud800",
    "\u202e",
    "\x00",
    "'''",
    "await x",
    "global mean_of",
    "for i in range(3): yield i",
    "return 1",
    "",
    "\n\n\n",
    "# YOUR CODE HERE",
    "import sys; sys.exit(1)",
    "__name__ = 1",
    "_ = __builtins__",
    "torch = None",
)
_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["code", "markdown", "raw", "row_softmax", "check-mean-of", "92_attacked", "skip-execution"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["cells", "source", "metadata", "nbgrader", "grade_id", "id", "tags", "cell_type", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@st.composite
def of_bytes(draw: DrawFn, notebook: bytes) -> bytes:
    """The file, damaged."""
    data = notebook
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from([0, 1, 2, 5, 20, 100, 1000])))
        what = draw(st.sampled_from(["token", "token", "noise", "cut", "again", "end", "code"]))
        if what == "token":
            data = data[:start] + draw(st.sampled_from(_TOKENS)) + data[end:]
        elif what == "noise":
            data = data[:start] + draw(st.binary(max_size=8)) + data[end:]
        elif what == "cut":
            data = data[:start] + data[end:]
        elif what == "again":
            data = data[:end] + data[start:]
        elif what == "end":
            data = data[: max(start, 1)] if draw(st.booleans()) else data[start:]
        else:
            data = data.decode("utf-8", "replace").encode(draw(st.sampled_from(["utf-16", "utf-8-sig", "utf-7"])))
    return data


@st.composite
def of_json(draw: DrawFn, notebook: bytes) -> bytes:
    """The file's JSON with parts replaced, renamed, wrapped, doubled or gone."""
    data = json.loads(notebook)
    for _ in range(draw(st.integers(1, 5))):
        places = list(_places(data))
        if not places:
            break
        inside, name = places[draw(st.integers(0, len(places) - 1))]
        what = draw(st.sampled_from(["replace", "replace", "remove", "wrap", "double", "rename", "swap"]))
        if what == "replace":
            inside[name] = draw(_json)
        elif what == "remove":
            del inside[name]
        elif what == "wrap":
            inside[name] = draw(st.sampled_from([[inside[name]], {"cells": inside[name]}, {"source": inside[name]}]))
        elif what == "double" and isinstance(inside, list):
            inside.insert(name, copy.deepcopy(inside[name]))
        elif what == "rename" and isinstance(inside, dict):
            inside[draw(st.sampled_from(["cells", "source", "metadata", "id", "x", "input"]))] = inside.pop(name)
        else:
            other, other_name = places[draw(st.integers(0, len(places) - 1))]
            inside[name] = copy.deepcopy(other[other_name])
    return json.dumps(data).encode()


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    pending = [value]
    while pending:
        inside = pending.pop()
        names = list(inside) if isinstance(inside, dict) else range(len(inside))
        for name in names:
            yield inside, name
            if isinstance(inside[name], dict | list):
                pending.append(inside[name])


@st.composite
def of_cells(draw: DrawFn, notebook: bytes) -> bytes:
    """The notebook's cells moved, merged, split, retyped, relabelled and rewritten."""
    data = json.loads(notebook)
    cells: list[dict[str, Any]] = data["cells"]
    for _ in range(draw(st.integers(1, 8))):
        if not cells:
            break
        place, other = (draw(st.integers(0, len(cells) - 1)) for _ in range(2))
        cell = cells[place]
        what = draw(
            st.sampled_from(
                [
                    "move",
                    "remove",
                    "double",
                    "merge",
                    "split",
                    "type",
                    "label",
                    "labels",
                    "text",
                    "edit",
                    "add",
                    "strip",
                ]
            )
        )
        if what == "move":
            cells.insert(other, cells.pop(place))
        elif what == "remove":
            del cells[place]
        elif what == "double":
            cells.insert(other, copy.deepcopy(cell))
        elif what == "merge":
            cell["source"] += "\n" + cells[other]["source"]
        elif what == "split":
            cut = draw(st.integers(0, len(cell["source"])))
            cells.insert(place + 1, {**copy.deepcopy(cell), "source": cell["source"][cut:]})
            cell["source"] = cell["source"][:cut]
        elif what == "type":
            cell["cell_type"] = draw(st.sampled_from(["code", "markdown", "raw", "heading", "Code"]))
        elif what == "label":
            cell["id"] = cells[other].get("id", "none")
        elif what == "labels":
            cell["metadata"] = copy.deepcopy(cells[other]["metadata"])
        elif what == "text":
            cell["source"] = draw(st.sampled_from(_FRAGMENTS) | st.text(max_size=30))
        elif what == "edit":
            cell["source"] = _edited(draw, cell["source"])
        elif what == "add":
            source = draw(st.sampled_from(_FRAGMENTS))
            cells.insert(place, {"cell_type": "code", "metadata": {}, "source": source, "outputs": []})
        else:
            cell["metadata"] = {}
            cell.pop("id", None)
    return json.dumps(data).encode("utf-8", "surrogatepass")


def _edited(draw: DrawFn, source: str) -> str:
    lines = source.split("\n")
    at = draw(st.integers(0, len(lines) - 1))
    line = lines[at]
    changed = draw(
        st.sampled_from([[], [line, line], [" " + line], [line[1:]], [line.upper()], [line[::-1]], ["# " + line],
                         [line.replace("return", "print")], [line.replace("x", "y")], [line.replace("-1", "0")]])
    )  # fmt: skip
    return "\n".join([*lines[:at], *changed, *lines[at + 1 :]])


def of_any(notebook: bytes) -> SearchStrategy[bytes]:
    """Mutants of all levels, most of them such as still can be read."""
    return st.one_of(of_cells(notebook), of_cells(notebook), of_json(notebook), of_bytes(notebook))
