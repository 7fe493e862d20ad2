"""Facts about this machine, with the standard library alone."""

import os
import re
import subprocess
import sys
from pathlib import Path


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def memory_bytes() -> tuple[int, int] | None:
    """``(total, available)`` in bytes, within a container's limit; None if this system does not tell."""
    if sys.platform == "linux":
        return _linux_memory(Path("/proc/meminfo"), Path("/sys/fs/cgroup"))
    if sys.platform == "darwin":
        return _mac_memory()
    if sys.platform == "win32":
        return _windows_memory()
    return None


def _linux_memory(meminfo: Path, cgroup: Path) -> tuple[int, int] | None:
    try:
        text = meminfo.read_text()
    except OSError:
        return None
    sizes = {name: int(kilobytes) * 1024 for name, kilobytes in re.findall(r"^(\w+):\s+(\d+) kB", text, re.MULTILINE)}
    if "MemTotal" not in sizes:
        return None
    total, available = sizes["MemTotal"], sizes.get("MemAvailable", sizes.get("MemFree", 0))
    limit, used = _number(cgroup / "memory.max"), _number(cgroup / "memory.current")
    if limit is not None and limit < total:
        total, available = limit, min(available, max(0, limit - (used or 0)))
    return total, available


def _number(path: Path) -> int | None:
    try:
        return int(path.read_text())
    except (OSError, ValueError):  # "max" means that there is no limit
        return None


def _mac_memory() -> tuple[int, int] | None:
    try:
        total = int(subprocess.run(["sysctl", "-n", "hw.memsize"], capture_output=True, text=True).stdout)
        said = subprocess.run(["vm_stat"], capture_output=True, text=True).stdout
    except (OSError, ValueError):
        return None
    page = int((re.search(r"page size of (\d+)", said) or ["", "4096"])[1])
    pages = sum(int(count) for count in re.findall(r"Pages (?:free|inactive|speculative):\s+(\d+)", said))
    return total, pages * page


def _windows_memory() -> tuple[int, int] | None:
    import ctypes

    class Status(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ulong), ("load", ctypes.c_ulong)] + [
            (name, ctypes.c_ulonglong)
            for name in ("total", "available", "page_total", "page_free", "virtual", "virtual_free", "extended")
        ]

    status = Status()
    status.length = ctypes.sizeof(Status)
    if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):  # type: ignore[attr-defined]
        return None
    return status.total, status.available
