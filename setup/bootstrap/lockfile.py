"""Reading a lock."""

import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Pin:
    """One line of a lock: ``name==version ; marker``."""

    name: str
    version: str
    marker: str


def normalize(name: str) -> str:
    """A project's name as package indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read_lock(path: Path) -> list[Pin]:
    """Every pin of a lock, for all systems."""
    pins = []
    for line in path.read_text(encoding="utf-8").splitlines():
        requirement = line.split("#")[0]
        match = re.match(r"\s*([A-Za-z0-9._-]+)==([^\s;]+)\s*(?:;\s*(.*?))?\s*$", requirement)
        if match:
            pins.append(Pin(normalize(match[1]), match[2], match[3] or ""))
    return pins
