"""Whether the code that observes answers is still what it was before a submission ran beside it.

A submission runs in the same interpreter, so this finds tampering that is not aimed at this very module; what it finds
is evidence, and what it does not find proves nothing. The judge trusts neither.
"""

from __future__ import annotations

import builtins
import importlib
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import FunctionType, ModuleType
from typing import Any

_OBSERVERS = (
    "course.checking.check", "course.checking.data", "course.checking.guard", "course.checking.key",
    "course.checking.observe", "course.checking.paths", "course.checking.refuse", "course.checking.remote",
    "course.checking.judge", "course.checking.compare", "course.checking.verdict",
)  # fmt: skip
_LIBRARIES = ("base64", "contextlib", "importlib", "inspect", "json", "math", "random", "re", "signal", "tempfile")
#: Names in ``builtins`` that shells and notebooks set themselves.
_LOOSE = frozenset({"_", "__", "___", "input", "display", "get_ipython", "__debug__", "__build_class__"})


def _trace(value: Any) -> tuple[Any, ...]:
    """What identifies a value and, for a function, what it does."""
    if isinstance(value, FunctionType):
        return (value, value.__code__, value.__defaults__, value.__kwdefaults__, value.__closure__)
    return (value,)


def _same(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))


def _members(module: ModuleType) -> dict[str, tuple[Any, ...]]:
    members: dict[str, tuple[Any, ...]] = {}
    for name, value in vars(module).items():
        if name.startswith("__") and name != "__class__":
            continue
        # Data may change of itself (a cached temporary folder); what observing does is in functions and classes.
        if not callable(value):
            continue
        members[name] = _trace(value)
        if isinstance(value, type) and value.__module__ == module.__name__:
            for inner, attribute in vars(value).items():
                if callable(getattr(attribute, "__func__", attribute)):
                    members[f"{name}.{inner}"] = _trace(getattr(attribute, "__func__", attribute))
    return members


@dataclass(frozen=True)
class Snapshot:
    """What the observing code was, object by object."""

    modules: Mapping[str, ModuleType]
    members: Mapping[str, Mapping[str, tuple[Any, ...]]]
    targets: Mapping[str, tuple[Any, ...]]

    def fault(self, refuse: Iterable[str]) -> str:
        """What is not as it was, or an empty string.

        Args:
            refuse: dotted paths of the functions whose calls are watched next.
        """
        for name, module in self.modules.items():
            if sys.modules.get(name) is not module:
                return f"the module {name}"
        for name, members in self.members.items():
            current = vars(self.modules[name])
            for member, trace in members.items():
                head, _, inner = member.partition(".")
                if inner:
                    holder = vars(members[head][0])
                    value = holder.get(inner)
                    value = getattr(value, "__func__", value)
                else:
                    value = current.get(head)
                if not _same(trace, _trace(value)):
                    return f"{name}.{member}"
        for name, trace in self.targets.items():
            if name in refuse:
                found = _found(name)
                if found is not None and not _same(trace, found):
                    return name
        return ""


def _found(path: str) -> tuple[Any, ...] | None:
    """The traces of every step of a dotted path, without importing anything."""
    parts = path.split(".")
    value: Any = sys.modules.get(parts[0])
    if value is None:
        return None
    for part in parts[1:]:
        value = getattr(value, part, None)
    return _trace(value)


def snapshot(refuse: Iterable[str] = ()) -> Snapshot:
    """Remember the observing code as it is now.

    Args:
        refuse: dotted paths of functions that may be watched, as far as their libraries are imported.
    """
    from course.checking import observe as _  # noqa: F401 — brings the observers in

    names = [*_OBSERVERS, *_LIBRARIES, "builtins", "course", "sys"]
    modules = {name: importlib.import_module(name) for name in names}
    for library in ("torch", "torch.nn.functional", "torch.overrides", "numpy", "numpy.random", "torch._C"):
        if library in sys.modules:
            modules[library] = sys.modules[library]
    members = {name: _members(modules[name]) for name in (*_OBSERVERS, *_LIBRARIES) if name in modules}
    members["builtins"] = {name: _trace(value) for name, value in vars(builtins).items() if name not in _LOOSE}
    members["course"] = {
        name: trace for name, trace in _members(modules["course"]).items() if name in ("check", "hint")
    }
    overrides = modules.get("torch.overrides")
    if overrides is not None:
        members["torch.overrides"] = _members(overrides)
    targets = {path: trace for path in refuse if (trace := _found(path)) is not None}
    return Snapshot(modules, members, targets)
