"""JSON from strangers whose text can be written to a file again."""

from __future__ import annotations

import json
import re
from typing import Any

_HALF = re.compile(r"\\u[dD][89a-fA-F]")


def loads(text: str) -> Any:
    """As ``json.loads``, with a question mark for each half of a surrogate pair that has lost the other one.

    JSON may hold such halves; UTF-8 may not, so that a notebook, a record or a screen could not take them.

    Raises:
        ValueError, RecursionError: as ``json.loads`` does.
    """
    value = json.loads(text)
    if not _HALF.search(text):
        return value
    return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
