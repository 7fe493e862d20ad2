"""Library objects by their dotted paths."""

from __future__ import annotations

import importlib
import sys
from typing import Any

_MISSING = object()


def resolve(path: str) -> Any:
    """Find a library object by its dotted path (``"torch.nn.functional.softmax"``).

    Raises:
        ImportError: if no module on the path can be imported or the attribute is missing.
    """
    parts = path.split(".")
    known = _imported(parts)
    if known is not _MISSING:
        return known
    for cut in range(len(parts) - 1, 0, -1):
        try:
            found: Any = importlib.import_module(".".join(parts[:cut]))
        except ImportError:
            continue
        for part in parts[cut:]:
            if not hasattr(found, part):
                raise ImportError(f"{path}: {part} is not there")
            found = getattr(found, part)
        return found
    raise ImportError(f"{path}: no such module")


def _imported(parts: list[str]) -> Any:
    """What the path leads to among the modules that are imported; asking the import system for others is slow."""
    for cut in range(len(parts) - 1, 0, -1):
        found: Any = sys.modules.get(".".join(parts[:cut]), _MISSING)
        for part in parts[cut:]:
            # What is missing has attributes, too.
            found = _MISSING if found is _MISSING else getattr(found, part, _MISSING)
        if found is not _MISSING:
            return found
    return _MISSING
