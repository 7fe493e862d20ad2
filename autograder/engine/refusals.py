"""Notices refused calls where the observer's own watch does not look.

:mod:`course.checking.refuse` watches one thread through torch's function modes and looks functions up by their paths.
Here functions written in Python are given other code while an answer is observed, which every caller meets whatever
name it knows them by; and where the text of a submission calls for it, torch's profiler lists the operators that any
thread has run.
"""

from __future__ import annotations

import contextlib
import secrets
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import CodeType, FunctionType
from typing import Any

#: Operators that do the work of a function under another name.
_OPERATORS = {
    "MultiheadAttention": ("native_multi_head_attention",),
    "multi_head_attention_forward": ("native_multi_head_attention",),
    "scaled_dot_product_attention": ("scaled_dot_product",),
}


class RefusalWatch:
    """Stands beside :mod:`course.checking.refuse` while an answer is observed."""

    def __init__(self) -> None:
        self.prepared = False

    def fault(self, refuse: Iterable[str]) -> str:
        """Why the observer's watch would not work, or an empty string."""
        torch = sys.modules.get("torch")
        if torch is None or not any(path.startswith("torch.") for path in refuse):
            return ""
        from course.checking.refuse import watch_refused

        with watch_refused({"torch.numel": ""}) as seen:
            torch.numel(torch.empty(0))
        return "" if seen else "the watch over torch's functions"

    @contextlib.contextmanager
    def watching(self, refuse: Iterable[str], *, closely: bool) -> Iterator[list[str]]:
        """Gather the dotted paths of refused functions that are called in the body.

        Args:
            refuse: the paths.
            closely: whether to list torch's operators, too.
        """
        called: list[str] = []
        paths = list(refuse)
        with contextlib.ExitStack() as stack:
            if closely and "torch" in sys.modules and any(path.startswith("torch.") for path in paths):
                stack.enter_context(_operators(paths, called))
            for path in paths:
                function = _python_function(path)
                if function is not None:
                    stack.enter_context(_other_code(function, path, called))
            yield called


def _python_function(path: str) -> FunctionType | None:
    """The function at a path, if it is written in Python and its library is imported."""
    parts = path.split(".")
    # The longest imported module on the path; what is not imported cannot be called.
    for cut in range(len(parts) - 1, 0, -1):
        found: Any = sys.modules.get(".".join(parts[:cut]))
        if found is not None:
            for part in parts[cut:]:
                found = getattr(found, part, None)
            return found if isinstance(found, FunctionType) and not found.__closure__ else None
    return None


@contextlib.contextmanager
def _other_code(function: FunctionType, path: str, called: list[str]) -> Iterator[None]:
    """Let a function note that it was called, for whoever holds it."""
    code, defaults, more = function.__code__, function.__defaults__, function.__kwdefaults__
    if code.co_freevars:
        yield
        return
    original = FunctionType(code, function.__globals__, function.__name__, defaults)
    original.__kwdefaults__ = more

    def note(*args: Any, **kwargs: Any) -> Any:
        called.append(path)
        return original(*args, **kwargs)

    name = f"_noted_{secrets.token_hex(8)}"
    function.__globals__[name] = note
    function.__defaults__ = function.__kwdefaults__ = None
    function.__code__ = _calling(name, code)
    try:
        yield
    finally:
        function.__code__ = code
        function.__defaults__, function.__kwdefaults__ = defaults, more
        del function.__globals__[name]


def _calling(name: str, code: CodeType) -> CodeType:
    """Code that hands everything on to the function of a global name."""
    scope: dict[str, Any] = {}
    exec(f"def handed_on(*args, **kwargs):\n    return {name}(*args, **kwargs)", scope)
    handed_on: Callable[..., Any] = scope["handed_on"]
    assert isinstance(handed_on, FunctionType)
    return handed_on.__code__.replace(co_name=code.co_name, co_filename=code.co_filename)


@contextlib.contextmanager
def _operators(paths: list[str], called: list[str]) -> Iterator[None]:
    """List the operators that run, in all threads; one that nothing but Python called stands for its function."""
    import torch
    from torch._C._profiler import _ExperimentalConfig
    from torch.autograd import profiler

    mark = f"mark {secrets.token_hex(8)}"
    wanted = {path: _names(path) for path in paths if path.startswith("torch.")}
    listing = profiler.profile(
        use_kineto=True, use_device=None, experimental_config=_ExperimentalConfig(profile_all_threads=True)
    )
    listing.__enter__()
    try:
        yield
    finally:
        try:
            with profiler.record_function(mark):
                torch.numel(torch.empty(0))
            listing.__exit__(None, None, None)
            names = {event.name() for event in listing.kineto_results.events()}  # type: ignore[union-attr]
            if mark not in names:
                called.append("the profiler was stopped")
            # Who called whom takes long to find out: thousands of events, of which hardly any is looked for.
            elif any(_meant(name, wanted) for name in names):
                outermost = [event.name for event in listing.function_events or () if not _below_operator(event)]
                called += [path for name in outermost for path in _meant(name, wanted)]
        except Exception:
            called.append("the profiler was stopped")


def _meant(event: str, wanted: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The paths of functions whose work an event of the profiler is."""
    if not event.startswith("aten::"):
        return []
    operator = event.removeprefix("aten::").lstrip("_").removeprefix("special_")
    return [path for path, names in wanted.items() if operator.startswith(names)]


def _below_operator(event: Any) -> bool:
    """Whether another operator called this one; what traced code and hooks of autograd call, Python called."""
    parent = event.cpu_parent
    while parent is not None:
        if parent.name.startswith("aten::"):
            return True
        parent = parent.cpu_parent
    return False


def _names(path: str) -> tuple[str, ...]:
    name = path.rpartition(".")[2]
    return (name, *_OPERATORS.get(name, ()))
