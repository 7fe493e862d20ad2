"""Whether the code that observes answers is still what it was before a submission ran beside it.

A submission runs in the same interpreter, so this finds tampering that is not aimed at this very module; what it finds
is evidence, and what it does not find proves nothing. The judge trusts neither.
"""

from __future__ import annotations

import builtins
import ctypes
import gc
import importlib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter, is_, itemgetter
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


#: Where the items of a tuple begin in memory, behind its head.
_HEAD = tuple.__basicsize__


def _identities(items: tuple[Any, ...]) -> bytes:
    """The addresses of the items, as they lie in memory.

    Comparing objects one by one is what most of a check's time would go on: thirty times a submission, over thousands.
    """
    return ctypes.string_at(id(items) + _HEAD, ctypes.sizeof(ctypes.c_void_p) * len(items))


class _Names:
    """Callables by the names under which modules and classes hold them."""

    def __init__(self) -> None:
        self._holders: list[tuple[str, Mapping[str, Any], list[str]]] = []
        self._getters: list[tuple[Callable[[Mapping[str, Any]], tuple[Any, ...]], Mapping[str, Any]]] = []
        self.values: list[Any] = []
        self._identities = b""

    def add(self, label: str, holder: Mapping[str, Any], names: Iterable[str]) -> None:
        """Remember what ``holder`` has under these names, as far as it does something."""
        doing = [name for name in names if _does_something(holder[name])]
        if not doing:
            return
        self._holders.append((label, holder, doing))
        # The last name is asked for twice: one name alone would be given without a tuple around it.
        self._getters.append((itemgetter(*doing, doing[-1]), holder))
        self.values += [holder[name] for name in (*doing, doing[-1])]
        self._identities = _identities(tuple(self.values))

    def fault(self) -> str:
        found: list[Any] = []
        try:
            for get, holder in self._getters:
                found += get(holder)
        except KeyError:
            found = []
        if _identities(tuple(found)) == self._identities:
            return ""
        before = iter(self.values)
        for label, holder, names in self._holders:
            for name in names:
                if holder.get(name) is not next(before):
                    return f"{label}.{name}"
            next(before)
        return ""


class _Functions:
    """What functions do: their code, their defaults, and what they are closed over."""

    def __init__(self, functions: Iterable[FunctionType]) -> None:
        self._functions = list(_with_inner(functions))
        self._parts = list(map(_PARTS, self._functions))
        self._cells = [cell for function in self._functions for cell in function.__closure__ or ()]
        self._contents = list(map(_content, self._cells))
        self._holders = (*self._functions, *self._cells)
        self._referents = self._referred()

    def _referred(self) -> bytes:
        """All that functions and cells hold, in one call: asking each for its parts takes three times as long."""
        return _identities(tuple(_get_referents(*self._holders)))

    def fault(self) -> str:
        now = self._referred()
        if now == self._referents:
            return ""
        for function, before in zip(self._functions, self._parts, strict=True):
            if not all(map(is_, _PARTS(function), before)):
                return function.__name__
        if not all(map(is_, map(_content, self._cells), self._contents)):
            return "a closure"
        # Something else that they hold, such as annotations, which are made when they are first asked for.
        self._referents = now
        return ""


_get_referents = gc.get_referents
_PARTS = attrgetter("__code__", "__defaults__", "__kwdefaults__")
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
    names: _Names
    functions: _Functions
    targets: dict[str, tuple[Any, Any]]

    def fault(self, refuse: Iterable[str], *, observers: bool = True) -> str:
        """What is not as it was, or an empty string.

        Args:
            refuse: dotted paths of the functions whose calls are watched next.
            observers: whether to look at the observing code, too.
        """
        if observers:
            for name, module in self.modules.items():
                if sys.modules.get(name) is not module:
                    return f"the module {name}"
            fault = self.names.fault() or self.functions.fault()
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
    names = _Names()
    for name in (*_OBSERVERS, *_LIBRARIES, "torch.overrides"):
        if name not in modules:
            continue
        members = vars(modules[name])
        names.add(name, members, [member for member in members if not member.startswith("__")])
        for member, value in members.items():
            if isinstance(value, type) and value.__module__ == name:
                names.add(f"{name}.{member}", vars(value), vars(value))
    names.add("builtins", vars(builtins), [name for name in vars(builtins) if name not in _LOOSE])
    for name in ("check", "hint"):
        getattr(modules["course"], name)  # is there once it has been asked for
        names.add("course", vars(modules["course"]), [name])
    values = [getattr(value, "__func__", value) for value in names.values]
    taken = Snapshot(modules, names, _Functions(v for v in values if isinstance(v, FunctionType)), {})
    taken.know(refuse)
    return taken
