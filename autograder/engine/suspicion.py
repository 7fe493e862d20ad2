"""What the text of a submission tells the trusted side about refused functions and about ways to hide a call of one.

Some exercises refuse functions that would give them away. Calls are noticed inside the child, where a submission runs
in the same interpreter and could interfere. So the text is read here as well, where it cannot: code that could make the
watch blind is watched more closely, and code that could take the watch over is not believed where something is refused.
Wrong suspicion of the first kind costs two milliseconds; of the second kind, only answers that themselves contain such
code are concerned, in exercises that refuse something.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from autograder.classroom.names import parsed

#: Words by which code runs where a watch over torch's functions does not look, or switches it off.
BLINDING = frozenset({
    "threading", "_thread", "concurrent", "asyncio", "multiprocessing", "queue", "Thread", "ThreadPoolExecutor",
    "_C", "ops", "jit", "compile", "overrides", "library", "fx", "export", "_dynamo", "_inductor", "_refs", "_decomp",
    "_prims", "_VF", "_python_dispatch", "_ops", "func", "vmap", "DisableTorchFunction", "DisableTorchFunctionSubclass",
    "__torch_function__", "__torch_dispatch__", "torch_function", "profiler", "_disable_profiler", "cpp_extension",
    "getattr", "vars", "globals", "locals", "__dict__", "__getattribute__", "attrgetter", "methodcaller", "partial",
    "importlib", "import_module", "reload", "setattr", "__class__", "atexit", "signal", "weakref", "__del__",
    "backward", "autograd", "hooks", "register_hook", "register_full_backward_hook", "register_forward_hook",
})  # fmt: skip
#: Words by which code gets at the interpreter that it shares with the observer.
SEIZING = frozenset({
    "gc", "ctypes", "cffi", "_ctypes", "_testcapi", "_xxsubinterpreters", "mmap", "marshal", "pickle", "_pickle",
    "dill", "cloudpickle", "joblib", "shelve", "bdb", "pdb", "runpy", "socket", "builtins", "autograder",
    "_getframe", "_current_frames", "currentframe", "getouterframes", "getinnerframes", "get_objects", "get_referrers",
    "f_back", "f_locals", "f_globals", "f_builtins", "f_trace", "tb_frame", "gi_frame", "cr_frame", "ag_frame",
    "settrace", "setprofile", "addaudithook", "excepthook", "unraisablehook", "displayhook", "_exit",
    "__globals__", "__code__", "__closure__", "__subclasses__", "__builtins__", "__mro__", "__bases__", "__base__",
    "__loader__", "__spec__", "CodeType", "FunctionType", "CellType", "__import__", "meta_path", "path_hooks",
    "path_importer_cache", "get_ipython", "InteractiveShell", "ast_transformers", "input_transformers_post",
    "input_transformers_cleanup", "user_ns", "set_custom_exc", "fromfd", "fdopen", "dup2", "sendall",
})  # fmt: skip
#: The same, but as attributes these words mean something harmless (``model.eval()``, ``re.compile``).
_SEIZING_AS_NAMES = frozenset({"exec", "eval", "compile"})
#: The same, but only as attributes of these.
_SEIZING_OF = frozenset({
    ("sys", "modules"), ("sys", "monitoring"), ("inspect", "stack"), ("os", "write"), ("os", "read"), ("os", "open"),
    ("os", "pread"), ("os", "dup"), ("os", "close"), ("os", "closerange"), ("course", "checking"), ("torch", "load"),
})  # fmt: skip
#: Characters of a cell that is worth remembering.
_ORDINARY = 10_000
_PLACES = re.compile(r"/proc/|/dev/fd|autograder|course[./]checking")


@dataclass(frozen=True)
class Text:
    """What a cell's text tells.

    Attributes:
        blinding: a word by which a watch could be made blind, or empty.
        seizing: a word by which the observer could be taken over, or empty.
    """

    blinding: str = ""
    seizing: str = ""


def read_text(source: str) -> Text:
    """Read a cell; one that is no plain Python can hold anything."""
    return _known_text(source) if len(source) < _ORDINARY else _text_of(source)


@lru_cache(maxsize=1024)
def _known_text(source: str) -> Text:
    return _text_of(source)


def _text_of(source: str) -> Text:
    tree = parsed(source)
    if tree is None:
        # What cannot be parsed is not run, unless IPython makes something of it first.
        return Text("a magic", "a magic") if re.search(r"^\s*[%!]|[%!?]", source, re.M) else Text()
    words = list(_words(tree))
    blinding = next((word for word in words if word in BLINDING), "")
    seizing = next((word for word in words if word in SEIZING), "") or next(_deeper(tree), "")
    return Text(blinding or seizing, seizing)


def _words(tree: ast.AST) -> Iterator[str]:
    """Every word that could name something: identifiers, and strings that look like them or like paths."""
    for node in ast.walk(tree):
        match node:
            case (
                ast.Name(id=name) | ast.Attribute(attr=name) | ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name)
            ):  # fmt: skip
                yield name
            case ast.Import(names=names):
                for alias in names:
                    yield from alias.name.split(".")
            case ast.ImportFrom(module=module, names=names):
                yield from (module or "").split(".")
                for alias in names:
                    yield alias.name
            case ast.Constant(value=str(text)) if re.fullmatch(r"[\w.]{2,200}", text):
                yield from text.split(".")
            case _:
                pass


def _deeper(tree: ast.AST) -> Iterator[str]:
    modules = {
        alias.asname or alias.name.partition(".")[0]
        for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    } | {"torch", "F", "nn", "np", "sys", "os"}  # fmt: skip
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if _PLACES.search(text):
                yield _PLACES.findall(text)[0]
            case ast.Call(func=ast.Name(id="getattr"), args=[target, name, *_]):
                # A name that is put together at run time can be any of the above.
                of_module = isinstance(target, ast.Name) and target.id in modules
                if not isinstance(name, ast.Constant) and (of_module or not _has_plain_start(name)):
                    yield "getattr"
            case ast.Attribute(value=ast.Name(id=name), attr=attr, ctx=ast.Store() | ast.Del()) if name in modules:
                yield f"{name}.{attr} ="
            case ast.Call(func=ast.Name(id="setattr"), args=[ast.Name(id=name), *_]) if name in modules:
                yield "setattr"
            case ast.Name(id=name) if name in _SEIZING_AS_NAMES:
                yield name
            case ast.Attribute(value=ast.Name(id=owner), attr=attr) if (owner, attr) in _SEIZING_OF:
                yield f"{owner}.{attr}"
            case ast.Import(names=names) if any(alias.name.startswith("course.checking") for alias in names):
                yield "course.checking"
            case ast.ImportFrom(module=str(module), names=names):
                for alias in names:
                    if alias.name == "*" or (module, alias.name) in _SEIZING_OF or module.startswith("course.checking"):
                        yield f"from {module} import {alias.name}"
            case _:
                pass


def _has_plain_start(name: ast.expr) -> bool:
    """Whether a computed name begins with a letter that is written out, so that it is no name of Python's own."""
    match name:
        case ast.JoinedStr(values=[ast.Constant(value=str(start)), *_]):
            return bool(start) and not start.startswith("_")
        case ast.BinOp(left=ast.Constant(value=str(start)), op=ast.Add()):
            return bool(start) and not start.startswith("_") and "." not in start
    return False


def references(source: str, refuse: frozenset[str]) -> str:
    """The first refused function that a cell's text names by the way it was imported, or an empty string."""
    tree = parsed(source)
    if tree is None:
        return ""
    names = dict(_imported(tree))
    for node in ast.walk(tree):
        path = _dotted(node, names)
        if path in refuse:
            return path
    return ""


_USUAL = {
    "torch": "torch", "F": "torch.nn.functional", "nn": "torch.nn", "Tensor": "torch.Tensor", "np": "numpy",
    "transformers": "transformers",
}  # fmt: skip


def _imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    yield from _USUAL.items()
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                for alias in names:
                    yield (alias.asname, alias.name) if alias.asname else (alias.name.partition(".")[0],) * 2
            case ast.ImportFrom(module=str(module), names=names):
                for alias in names:
                    yield alias.asname or alias.name, f"{module}.{alias.name}"
            case _:
                pass


def _dotted(node: ast.AST, names: dict[str, str]) -> str:
    """The dotted path that a name or an attribute stands for, an attribute of anything else as a tensor's."""
    match node:
        case ast.Name(id=name):
            return names.get(name, "")
        case ast.Attribute(value=value, attr=attr):
            inner = _dotted(value, names)
            return f"{inner}.{attr}" if inner else f"torch.Tensor.{attr}"
        case ast.Call(func=ast.Name(id="getattr"), args=[target, ast.Constant(value=str(attr)), *_]):
            inner = _dotted(target, names)
            return f"{inner}.{attr}" if inner else f"torch.Tensor.{attr}"
    return ""
