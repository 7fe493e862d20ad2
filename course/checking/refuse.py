"""Noticing calls that would give an answer away, such as ``F.softmax`` inside the exercise that builds it.

Torch functions are seen through a ``TorchFunctionMode``, whatever name they were imported under; other functions by
standing in for them in their module while the case runs.
"""

from __future__ import annotations

import contextlib
import functools
import inspect
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from course.checking.paths import resolve


@contextlib.contextmanager
def watch_refused(refuse: Mapping[str, str]) -> Iterator[set[str]]:
    """Collect the dotted paths of refused functions that are called in the body.

    A path into torch is ignored while torch is not imported: nobody can have called it then.
    """
    seen: set[str] = set()
    with contextlib.ExitStack() as stack:
        torch_functions: dict[Any, str] = {}
        for path in refuse:
            root = path.partition(".")[0]
            if root not in sys.modules:
                continue
            target = resolve(path)
            if inspect.isclass(target) and not _is_builtin(target):
                stack.enter_context(_standing_in(target, "__init__", path, seen))
            elif root == "torch" and not inspect.isclass(target):
                torch_functions[target] = path
            else:
                owner, _, name = path.rpartition(".")
                stack.enter_context(_standing_in(sys.modules.get(owner) or resolve(owner), name, path, seen))
        if torch_functions:
            stack.enter_context(_torch_watch(torch_functions, seen))
        yield seen


def _is_builtin(cls: type) -> bool:
    """Whether a class is written in C, so that its ``__init__`` cannot be replaced (``torch.finfo``)."""
    return not cls.__flags__ & 1 << 9  # Py_TPFLAGS_HEAPTYPE


@contextlib.contextmanager
def _standing_in(owner: Any, name: str, path: str, seen: set[str]) -> Iterator[None]:
    original = inspect.getattr_static(owner, name)
    function = getattr(owner, name)

    @functools.wraps(function)
    def watched(*args: Any, **kwargs: Any) -> Any:
        seen.add(path)
        return function(*args, **kwargs)

    setattr(owner, name, watched)
    try:
        yield
    finally:
        setattr(owner, name, original)


def _torch_watch(functions: Mapping[Any, str], seen: set[str]) -> contextlib.AbstractContextManager[Any]:
    watch: contextlib.AbstractContextManager[Any] = _mode()(functions, seen)
    return watch


@functools.cache
def _mode() -> type:
    from torch.overrides import TorchFunctionMode

    class Watch(TorchFunctionMode):
        def __init__(self, functions: Mapping[Any, str], seen: set[str]) -> None:
            self._path_of, self._seen = functions.get, seen

        def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            path = self._path_of(func)
            if path is not None:
                self._seen.add(path)
            return func(*args, **kwargs) if kwargs else func(*args)

    return Watch
