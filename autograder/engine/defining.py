"""Whether a cell only defines: running it changes nothing that was there before but the names that it binds."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable

from autograder.classroom.names import parsed, remembered

#: Importing anything else may run code of the learner's own.
_LIBRARIES = sys.stdlib_module_names | {
    "anywidget", "course", "datasets", "ipywidgets", "matplotlib", "numpy", "pandas", "scipy", "sklearn", "tokenizers",
    "torch", "tqdm", "transformers",
}  # fmt: skip
#: Where decorators come from that give back what they are put on, or something that wraps it.
_DECORATING = frozenset({
    "torch", "nn", "functools", "contextlib", "dataclasses", "staticmethod", "classmethod", "property", "dataclass",
    "lru_cache", "cache", "wraps", "contextmanager", "total_ordering",
})  # fmt: skip


@remembered
def only_defines(source: str) -> bool:
    """Whether the cell holds nothing but functions, classes, imports of libraries and names for plain values.

    Told from the syntax tree; what it cannot tell counts as no.
    """
    tree = parsed(source)
    try:
        return tree is not None and all(map(_defines, tree.body))
    except RecursionError:
        return False


def _defines(node: ast.stmt) -> bool:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            given = [*node.args.defaults, *filter(None, node.args.kw_defaults)]
            # A name is only read, except that reading an attribute may run a property: of libraries, no more.
            return all(map(_decorates, node.decorator_list)) and _are_plain([*given, *_annotations(node)])
        case ast.ClassDef():
            return (
                all(map(_decorates, node.decorator_list))
                and _are_plain(node.bases)
                and not node.keywords
                and all(map(_defines, node.body))
            )
        case ast.Import(names=names):
            return all(alias.name.partition(".")[0] in _LIBRARIES for alias in names)
        case ast.ImportFrom(module=module, level=0, names=names):
            return (module or "").partition(".")[0] in _LIBRARIES and all(alias.name != "*" for alias in names)
        case ast.Assign(targets=targets, value=value):
            return all(isinstance(target, ast.Name) for target in targets) and _is_plain(value)
        case ast.AnnAssign(target=ast.Name(), annotation=annotation, value=value):
            return _are_plain([annotation, *([value] if value is not None else [])])
        case ast.Expr(value=ast.Constant()) | ast.Pass():
            return True
    return False


def _annotations(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.expr]:
    arguments = node.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    found = [argument.annotation for argument in every if argument is not None and argument.annotation is not None]
    return [*found, *([node.returns] if node.returns is not None else [])]


def _are_plain(nodes: Iterable[ast.expr]) -> bool:
    return all(map(_is_plain, nodes))


def _is_plain(node: ast.expr) -> bool:
    """Constants and names, and tuples, lists, unions and subscriptions of them: no call."""
    match node:
        case ast.Constant() | ast.Name():
            return True
        case ast.Attribute(value=value) | ast.UnaryOp(operand=value):
            return _is_plain(value)
        case ast.Tuple(elts=items) | ast.List(elts=items) | ast.Set(elts=items):
            return _are_plain(items)
        case ast.Dict(keys=keys, values=values):
            return _are_plain([*filter(None, keys), *values])
        case ast.BinOp(left=left, right=right) | ast.Subscript(value=left, slice=right):
            return _is_plain(left) and _is_plain(right)
        case ast.Lambda(args=arguments):
            return _are_plain([*arguments.defaults, *filter(None, arguments.kw_defaults)])
    return False


def _decorates(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return _decorates(node.func) and _are_plain([*node.args, *(keyword.value for keyword in node.keywords)])
    root = node
    while isinstance(root, ast.Attribute):
        root = root.value
    return isinstance(root, ast.Name) and root.id in _DECORATING
