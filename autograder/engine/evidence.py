"""Whether what a child sent has the form that the observer gives it; anything else was sent by somebody else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

_BASE64 = re.compile(r"[A-Za-z0-9+/]*={0,2}")
_MAX_DEPTH = 40
#: Levels of lists and objects in what a cell shows.
MAX_SHOWN_DEPTH = 60
#: Types of torch that numpy does not know, with the bytes of one number.
_SIZES = {
    "bfloat16": 2, "complex32": 4,
    "float8_e4m3fn": 1, "float8_e5m2": 1, "float8_e4m3fnuz": 1, "float8_e5m2fnuz": 1, "float8_e8m0fnu": 1,
}  # fmt: skip


def is_plain_data(value: Any, depth: int = 0) -> bool:
    """Whether a value is what :func:`course.checking.data.encode` writes."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return True
    if depth > _MAX_DEPTH:
        return False
    if isinstance(value, list):
        return all(is_plain_data(item, depth + 1) for item in value)
    if not isinstance(value, dict):
        return False
    match value:
        case {"$": "tensor" | "array", "dtype": str(dtype), "shape": list(shape), "data": str(data), **rest}:
            return not rest and _is_array(dtype, shape, data)
        case {"$": "float", "v": "nan" | "inf" | "-inf", **rest}:
            return not rest
        case {"$": "tuple", "v": list(items), **rest}:
            return not rest and is_plain_data(items, depth + 1)
        case {"$": "set", "v": list(items), **rest}:
            return not rest and is_plain_data(items, depth + 1)
        case {"$": "dict", "v": list(pairs), **rest}:
            return not rest and all(
                isinstance(pair, list) and len(pair) == 2 and is_plain_data(pair, depth + 1) for pair in pairs
            )
        case {"$": "bytes", "v": str(data), **rest}:
            return not rest and _BASE64.fullmatch(data) is not None
        case {"$": "dtype" | "device", "v": str(), **rest}:
            return not rest
        case {"$": "object", "type": str(), "note": str(), **rest}:
            return not rest
    return False


def _is_array(dtype: str, shape: list[Any], data: str) -> bool:
    count = 1
    for length in shape:
        if not isinstance(length, int) or isinstance(length, bool) or not 0 <= length < 2**40:
            return False
        count *= length
    size = _size(dtype)
    return size > 0 and len(data) == (count * size + 2) // 3 * 4


@lru_cache(maxsize=64)
def _size(dtype: str) -> int:
    """Bytes of one number, 0 where the name names no numbers."""
    if dtype in _SIZES or len(dtype) > 12:
        return _SIZES.get(dtype, 0)
    try:
        known = np.dtype(dtype)
    except TypeError:
        return 0
    return known.itemsize if known.kind in "biufc" else 0


def are_observations(value: Any, cases: int) -> bool:
    """Whether a value is a list of ``cases`` observations as :func:`course.checking.observe.observe` gives it."""
    return isinstance(value, list) and len(value) == cases and all(_is_observation(item) for item in value)


def _is_observation(item: Any) -> bool:
    if not isinstance(item, dict) or set(item) != {"results", "error", "mutated", "timeout", "refused"}:
        return False
    return (
        isinstance(item["results"], list)
        and is_plain_data(item["results"])
        and isinstance(item["mutated"], bool)
        and isinstance(item["timeout"], bool)
        and isinstance(item["refused"], list)
        and all(isinstance(path, str) for path in item["refused"])
        and (item["error"] is None or _is_error(item["error"]))
    )


def _is_error(error: Any) -> bool:
    return (
        isinstance(error, dict)
        and set(error) == {"type", "message", "line", "text", "function"}
        and isinstance(error["line"], int)
        and all(isinstance(error[name], str) for name in ("type", "message", "text", "function"))
    )


def told_error(reply: Mapping[str, Any]) -> tuple[str, str] | None:
    """Type and message of the exception that a reply tells of, ``None`` where it tells of none.

    Raises:
        ValueError: if it is neither.
    """
    error = reply.get("error")
    if error is None:
        return None
    if not isinstance(error, dict) or set(error) != {"type", "message"}:
        raise ValueError("error")
    if not all(isinstance(part, str) for part in error.values()):
        raise ValueError("error")
    return error["type"][:200], error["message"][:2000]


def are_outputs(value: Any, limit: int) -> bool:
    """Whether a value is a list of notebook outputs, none of them huge."""
    return isinstance(value, list) and len(value) <= limit and all(_is_output(item) for item in value)


def _is_output(item: Any) -> bool:
    match item:
        case {"output_type": "stream", "name": "stdout" | "stderr", "text": str(), **rest}:
            return not rest
        case {"output_type": "display_data", "data": dict(data), "metadata": dict(metadata), **rest}:
            return not rest and _is_bundle(data, metadata)
        case {
            "output_type": "execute_result", "data": dict(data), "metadata": dict(metadata),
            "execution_count": int() | None, **rest,
        }:  # fmt: skip
            return not rest and _is_bundle(data, metadata)
        case {"output_type": "error", "ename": str(), "evalue": str(), "traceback": list(lines), **rest}:
            return not rest and all(isinstance(line, str) for line in lines)
    return False


def _is_bundle(data: dict[str, Any], metadata: dict[str, Any]) -> bool:
    # Pictures and text are strings; only JSON types may be objects, and nbformat wants their names to say so.
    return (
        all(isinstance(value, str) or kind.endswith("json") for kind, value in data.items())
        and all(isinstance(kind, str) for kind in metadata)
        and is_shallow(data)
        and is_shallow(metadata)
    )


def is_shallow(value: Any, depth: int = 0) -> bool:
    """Whether JSON data is not nested so deeply that whoever walks through it later could run out of stack."""
    if not isinstance(value, dict | list):
        return True
    items = value.values() if isinstance(value, dict) else value
    return depth < MAX_SHOWN_DEPTH and all(is_shallow(item, depth + 1) for item in items)
