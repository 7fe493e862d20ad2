"""Whether the code that observes answers is still what it was before a submission ran beside it.

A submission runs in the same interpreter, so this finds tampering that is not aimed at this very module; what it finds
is evidence, and what it does not find proves nothing. The judge trusts neither.
"""

from __future__ import annotations

import builtins
import importlib
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter, is_
from types import CellType, FunctionType, ModuleType
from typing import Any

_OBSERVERS = (
    "course.checking.check", "course.checking.data", "course.checking.guard", "course.checking.key",
    "course.checking.observe", "course.checking.paths", "course.checking.refuse", "course.checking.remote",
    "course.checking.judge", "course.checking.compare", "course.checking.verdict",
)  # fmt: skip
_LIBRARIES = ("base64", "contextlib", "importlib", "inspect", "json", "math", "random", "re", "signal", "tempfile")
#: Names in ``builtins`` that shells and notebooks set themselves.
_LOOSE = frozenset({"_", "__", "___", "input", "display", "get_ipython", "__debug__", "__build_class__"})


class _Names:
    """Callables by the names under which a module or a class holds them."""

    def __init__(self, label: str, holder: Mapping[str, Any], names: Iterable[str]) -> None:
        self._label = label
        self._holder = holder
        self._names = [name for name in names if _does_something(holder[name])]
        self.values = [holder[name] for name in self._names]

    def fault(self) -> str:
        # Twenty times a submission over a thousand names: so the loop is one that runs in C.
        if all(map(is_, map(self._holder.get, self._names), self.values)):
            return ""
        return next(
            f"{self._label}.{name}"
            for name, value in zip(self._names, self.values, strict=True)
            if self._holder.get(name) is not value
        )


class _Functions:
    """What functions do: their code, their defaults, and what they are closed over."""

    def __init__(self, functions: Iterable[FunctionType]) -> None:
        self._functions = list(_with_inner(functions))
        self._parts = [(part, list(map(part, self._functions))) for part in _PARTS]
        self._cells = [cell for function in self._functions for cell in function.__closure__ or ()]
        self._contents = list(map(_content, self._cells))

    def fault(self) -> str:
        for part, before in self._parts:
            if not all(map(is_, map(part, self._functions), before)):
                return next(f.__name__ for f, b in zip(self._functions, before, strict=True) if part(f) is not b)
        if not all(map(is_, map(_content, self._cells), self._contents)):
            return "a closure"
        return ""


_PARTS = (attrgetter("__code__"), attrgetter("__defaults__"), attrgetter("__kwdefaults__"))
_EMPTY = object()


def _content(cell: CellType) -> Any:
    try:
        return cell.cell_contents
    except ValueError:
        return _EMPTY


def _does_something(value: Any) -> bool:
    """Data may change of itself (a cached temporary folder); what observing does is in functions and classes."""
    return callable(getattr(value, "__func__", value)) or isinstance(value, property)


def _with_inner(functions: Iterable[FunctionType]) -> Iterator[FunctionType]:
    """Functions with those that they wrap."""
    seen: set[int] = set()
    waiting = list(functions)
    while waiting:
        function = waiting.pop()
        if id(function) in seen:
            continue
        seen.add(id(function))
        yield function
        waiting += [c for cell in function.__closure__ or () if isinstance(c := _content(cell), FunctionType)]


@dataclass(frozen=True)
class Snapshot:
    """What the observing code was, object by object."""

    modules: Mapping[str, ModuleType]
    names: list[_Names]
    functions: _Functions
    targets: dict[str, tuple[Any, Any]]

    def fault(self, refuse: Iterable[str]) -> str:
        """What is not as it was, or an empty string.

        Args:
            refuse: dotted paths of the functions whose calls are watched next.
        """
        for name, module in self.modules.items():
            if sys.modules.get(name) is not module:
                return f"the module {name}"
        for group in self.names:
            fault = group.fault()
            if fault:
                return fault
        fault = self.functions.fault()
        if fault:
            return fault
        for path in refuse:
            known, found = self.targets.get(path), _found(path)
            if known is not None and found is not None and not (known[0] is found[0] and known[1] is found[1]):
                return path
        return ""

    def know(self, refuse: Iterable[str]) -> None:
        """Remember functions whose calls may be watched, as far as their libraries are imported."""
        for path in refuse:
            found = _found(path)
            if found is not None:
                self.targets.setdefault(path, found)


def _found(path: str) -> tuple[Any, Any] | None:
    """What a dotted path leads to and its code, without importing anything; ``None`` if it leads nowhere (yet)."""
    first, *rest = path.split(".")
    value: Any = sys.modules.get(first)
    if value is None:
        return None
    for part in rest:
        value = getattr(value, part, None)
    return None if value is None else (value, getattr(value, "__code__", None))


def snapshot(refuse: Iterable[str] = ()) -> Snapshot:
    """Remember the observing code as it is now; see :meth:`Snapshot.know` for ``refuse``."""
    wanted = [*_OBSERVERS, *_LIBRARIES, "builtins", "course", "sys"]
    modules = {name: importlib.import_module(name) for name in wanted}
    for library in ("torch", "torch.nn.functional", "torch.overrides", "numpy", "numpy.random", "torch._C"):
        if library in sys.modules:
            modules[library] = sys.modules[library]
    groups = []
    for name in (*_OBSERVERS, *_LIBRARIES, "torch.overrides"):
        if name not in modules:
            continue
        members = vars(modules[name])
        groups.append(_Names(name, members, [member for member in members if not member.startswith("__")]))
        for member, value in members.items():
            if isinstance(value, type) and value.__module__ == name:
                groups.append(_Names(f"{name}.{member}", vars(value), vars(value)))
    groups.append(_Names("builtins", vars(builtins), [name for name in vars(builtins) if name not in _LOOSE]))
    groups.append(_Names("course", vars(modules["course"]), ["check", "hint"]))
    values = [getattr(value, "__func__", value) for group in groups for value in group.values]
    taken = Snapshot(modules, groups, _Functions(v for v in values if isinstance(v, FunctionType)), {})
    taken.know(refuse)
    return taken
