"""Library objects by their dotted paths."""

from __future__ import annotations

import importlib
from typing import Any


def resolve(path: str) -> Any:
    """Find a library object by its dotted path (``"torch.nn.functional.softmax"``).

    Raises:
        ImportError: if no module on the path can be imported or the attribute is missing.
    """
    parts = path.split(".")
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
