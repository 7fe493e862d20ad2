"""What a cell of Python text defines and calls, told without running it."""

from __future__ import annotations

import ast
import re
import threading
from collections.abc import Callable, Iterator
from functools import lru_cache, wraps
from typing import TypeVar

_MAX_SOURCE = 500_000
#: Characters of a cell that is worth remembering.
_ORDINARY = 10_000
_Told = TypeVar("_Told")
#: Python before 3.11.8 and 3.12.2 counts the depth of a growing tree in one place for all threads, and two that parse
#: at once can end in a SystemError (python/cpython#106905).
_PARSING = threading.Lock()


def remembered(read: Callable[[str], _Told]) -> Callable[[str], _Told]:
    """Keep what was read of a cell: nearly all cells of a class are the same. Long ones are read again each time."""
    known = lru_cache(maxsize=1024)(read)

    @wraps(read)
    def told(source: str) -> _Told:
        return known(source) if len(source) < _ORDINARY else read(source)

    return told


@remembered
def normalised(source: str) -> str:
    """The text as far as it matters for equality: line ends, spaces at line ends and empty lines around it do not."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


@remembered
def parsed(source: str) -> ast.Module | None:
    """The syntax tree, or ``None`` where the text is no Python (magics included) or too deep or long to parse.

    Whoever asks gets the same tree: it is to be read, not changed.
    """
    if len(source) > _MAX_SOURCE:
        return None
    try:
        with _PARSING:
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


@remembered
def defined_names(source: str) -> frozenset[str]:
    """Functions, classes and variables that a cell defines at its top level (also inside ``if``, ``try``, ``with``).

    A cell that does not parse still tells by its unindented ``def``, ``class`` and ``name =``: a learner with a missing
    bracket has answered all the same.
    """
    tree = parsed(source)
    if tree is None:
        pattern = r"^(?:(?:async[ \t]+)?def|class)[ \t]+(\w+)|^(\w+)[ \t]*(?::[^=\n]+)?=(?!=)"
        return frozenset(
            name for pair in re.findall(pattern, normalised(source), re.MULTILINE) for name in pair if name
        )
    return frozenset(_top_level(tree.body))


def _top_level(body: list[ast.stmt]) -> Iterator[str]:
    # No recursion: each branch of a long if/elif lies within the one before it.
    pending = list(body)
    while pending:
        match pending.pop():
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Assign(targets=targets):
                for target in targets:
                    yield from _target_names(target)
            case ast.AnnAssign(target=target, value=value) if value is not None:
                yield from _target_names(target)
            case (
                ast.If(body=inner, orelse=other)
                | ast.For(body=inner, orelse=other)
                | ast.While(body=inner, orelse=other)
            ):
                pending += inner + other
            case ast.With(body=inner):
                pending += inner
            case ast.Try(body=inner, handlers=handlers, orelse=other, finalbody=final):
                pending += inner + other + final + [stmt for handler in handlers for stmt in handler.body]


def _target_names(target: ast.expr) -> Iterator[str]:
    if isinstance(target, ast.Name):
        yield target.id
    elif isinstance(target, ast.Tuple | ast.List):
        for item in target.elts:
            yield from _target_names(item)
    elif isinstance(target, ast.Starred):
        yield from _target_names(target.value)


@remembered
def checked_name(source: str) -> str:
    """The exercise that a cell checks, if the cell is nothing but ``check("name", …)``; else an empty string."""
    tree = parsed(source)
    if tree is None or len(tree.body) != 1 or not isinstance(tree.body[0], ast.Expr):
        return ""
    call = tree.body[0].value
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "check" and call.args):
        return ""
    first = call.args[0]
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


@remembered
def is_unwritten(source: str) -> bool:
    """Whether every function of the cell does nothing but raise ``NotImplementedError``: a stub of whatever release."""
    tree = parsed(source)
    if tree is None:
        return False
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return bool(functions) and all(_raises_only(function.body) for function in functions)


def _raises_only(body: list[ast.stmt]) -> bool:
    rest = [node for node in body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))]
    if len(rest) != 1 or not isinstance(rest[0], ast.Raise):
        return False
    raised = rest[0].exc
    raised = raised.func if isinstance(raised, ast.Call) else raised
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
