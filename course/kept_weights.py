"""Trained weights that outlast a process: small sets of tensors in the course's cache folder, named by what made them.

Nothing here may stop a training: what cannot be written is not kept, and what cannot be read, or is damaged, is as if
it were not there.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections.abc import Mapping
from pathlib import Path

from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from course.resources import cache_directory

#: So many sets are kept, those that were used last.
MOST = 20
_SUFFIX = ".safetensors"
#: Seconds after which a file that is still being written was left by a process that ended.
_ABANDONED = 3600.0


def _folder() -> Path:
    return cache_directory() / "trained"


def fingerprint(*parts: str | bytes) -> str:
    """A sha256 in hex over all parts, each with its length, so that none can run into the next."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        found.update(f"{len(data)}:".encode() + data)
    return found.hexdigest()


def _content(tensors: Mapping[str, Tensor]) -> str:
    parts: list[str | bytes] = []
    for name in sorted(tensors):
        tensor = tensors[name]
        parts += [f"{name} {tensor.dtype} {tuple(tensor.shape)}", tensor.contiguous().numpy().tobytes()]
    return fingerprint(*parts)


def recall(name: str) -> dict[str, Tensor] | None:
    """The tensors that were kept under this name, or None if there are none that can be read whole."""
    path = _folder() / f"{name}{_SUFFIX}"
    try:
        with safe_open(path, framework="pt") as file:
            tensors = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118  (it is no dict)
            whole = (file.metadata() or {}).get("sha256") == _content(tensors)
    except (OSError, SafetensorError, TypeError, ValueError):
        return None
    if not whole:
        return None
    with contextlib.suppress(OSError):
        os.utime(path)  # used last, thrown away last
    return tensors


def keep(name: str, tensors: Mapping[str, Tensor]) -> bool:
    """Keep CPU tensors under a name, in one step, and throw away all but the ``MOST`` sets used last; whether it could.

    Args:
        name: a file name without a suffix, such as :func:`fingerprint` gives.
        tensors: what to keep, by their names.
    """
    folder = _folder()
    scratch = folder / f".{os.getpid()}-{time.time_ns()}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        plain = {key: tensor.detach().contiguous() for key, tensor in tensors.items()}
        save_file(plain, scratch, metadata={"sha256": _content(plain)})
        scratch.chmod(0o644)  # safetensors lets nobody else read it, and a grader may run as another user
        scratch.replace(folder / f"{name}{_SUFFIX}")
        _tidy(folder)
    except (OSError, SafetensorError):
        return False
    finally:
        with contextlib.suppress(OSError):
            scratch.unlink(missing_ok=True)
    return True


def _tidy(folder: Path) -> None:
    def used(path: Path) -> float:
        try:
            return path.stat().st_mtime
        except OSError:
            return 0.0  # another process has just thrown it away

    files = sorted(folder.glob(f"*{_SUFFIX}"), key=used, reverse=True)
    leftovers = [path for path in folder.glob(".*.part") if used(path) < time.time() - _ABANDONED]
    for path in (*files[MOST:], *leftovers):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
