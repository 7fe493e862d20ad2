"""What a sealed process may have: its limits, its private folder, what it may read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

MIB = 1024 * 1024
GIB = 1024 * MIB


@dataclass(frozen=True)
class Limits:
    """What one submission may use up.

    Attributes:
        wall_seconds: from the moment the supervisor begins to watch.
        cpu_seconds: of all threads together; the kernel kills the process at this.
        memory_bytes: private memory beyond what the process had when it was sealed. An allocation beyond it fails
            (MemoryError); memory shared between mappings, which the kernel does not count there, is watched.
        threads: alive at the same time.
        open_files: descriptors.
        file_bytes: length of one file.
        disk_bytes: all files of the private folder together, deleted but open ones included.
        disk_files: files and folders in the private folder.
    """

    wall_seconds: float = 120.0
    cpu_seconds: int = 120
    memory_bytes: int = 2 * GIB
    threads: int = 64
    open_files: int = 256
    file_bytes: int = 64 * MIB
    disk_bytes: int = 256 * MIB
    disk_files: int = 5_000


@dataclass(frozen=True)
class SealSpec:
    """How one process is to be sealed.

    Attributes:
        folder: the private folder, which must exist and be empty: home, temporary and working folder are made in it.
        keep: descriptors that stay open; of 0, 1 and 2 those not named here become /dev/null, all others are closed.
        limits: what it may use up.
        readable: further files and folders that it may read, beside the Python environment, the system's libraries,
            the course package and the course's resources.
        environment: variables added to the few that a sealed process gets.
        accept_risk: layers that may be missing.
    """

    folder: Path
    keep: frozenset[int] = frozenset()
    limits: Limits = field(default_factory=Limits)
    readable: tuple[Path, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    accept_risk: frozenset[str] = frozenset()
