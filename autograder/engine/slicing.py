"""Which cells bear on the grade: told by their syntax trees, without running anything.

A cell of the release that the learner left alone is a demonstration. It is passed over unless it may define, change or
hide something that a cell which is run may use; whatever cannot be told counts as "may".
"""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from autograder.classroom.names import parsed

#: Names by which code reaches variables that its syntax tree does not name.
_DYNAMIC = frozenset({
    "exec", "eval", "globals", "locals", "vars", "get_ipython", "In", "Out", "__builtins__", "_", "__", "___", "_i",
    "_ih", "_oh", "compile", "__import__",
})  # fmt: skip


#: Characters of a cell that is worth remembering.
_ORDINARY = 10_000


@dataclass(frozen=True)
class Facts:
    """What a cell's syntax tree tells.

    Attributes:
        uses: names that it may read from other cells.
        defines: names that it may bind.
        imports: those of them that are bound by imports.
        routines: those of them that are bound by ``def`` or ``class``.
        alters: names of objects that it may change in place.
        stores: those of them of which it certainly sets attributes or items.
        modules: top-level modules that it imports, names imported from ``course``, and ``optim`` if it uses such a one.
        opaque: whether it may read or bind more than it names.
    """

    uses: frozenset[str] = frozenset()
    defines: frozenset[str] = frozenset()
    imports: frozenset[str] = frozenset()
    routines: frozenset[str] = frozenset()
    alters: frozenset[str] = frozenset()
    stores: frozenset[str] = frozenset()
    modules: frozenset[str] = frozenset()
    opaque: bool = False


def facts(source: str) -> Facts:
    """What the syntax tree of a cell tells; a cell that is no plain Python is opaque."""
    return _known_facts(source) if len(source) < _ORDINARY else _facts_of(source)


@lru_cache(maxsize=1024)
def _known_facts(source: str) -> Facts:
    return _facts_of(source)


def _facts_of(source: str) -> Facts:
    tree = parsed(source)
    if tree is None:
        return Facts(opaque=bool(source.strip()))
    try:
        table = symtable.symtable(source, "<cell>", "exec")
        reader = _Reader(tree, table)
        reader.read()
    except (SyntaxError, ValueError, RecursionError):
        return Facts(opaque=True)
    return Facts(
        frozenset(reader.uses), frozenset(reader.defines), frozenset(reader.imports), frozenset(reader.routines),
        frozenset(reader.alters), frozenset(reader.stores), frozenset(reader.modules), reader.opaque,
    )  # fmt: skip


@dataclass
class _Reader:
    tree: ast.Module
    table: symtable.SymbolTable
    uses: set[str] = field(default_factory=set)
    defines: set[str] = field(default_factory=set)
    imports: set[str] = field(default_factory=set)
    routines: set[str] = field(default_factory=set)
    alters: set[str] = field(default_factory=set)
    stores: set[str] = field(default_factory=set)
    modules: set[str] = field(default_factory=set)
    opaque: bool = False

    def read(self) -> None:
        for symbol in self.table.get_symbols():
            if symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace():
                self.defines.add(symbol.get_name())
        inner = set(self._globals_inside(self.table))
        for name, assigned in inner:
            if assigned:
                self.defines.add(name)
        top = _TopLevel()
        bound = top.statements(self.tree.body, frozenset())
        self.uses |= top.reads | {name for name, _ in inner if name not in bound}
        for node in ast.walk(self.tree):
            self._look_at(node)
        if self.uses & _DYNAMIC or any(name.startswith("_i") and name[2:].isdigit() for name in self.uses):
            self.opaque = True
        self.opaque |= any(name.startswith("_") and name[1:].isdigit() for name in self.uses)

    def _globals_inside(self, table: symtable.SymbolTable) -> Iterator[tuple[str, bool]]:
        for child in table.get_children():
            for symbol in child.get_symbols():
                if symbol.is_global():
                    yield symbol.get_name(), symbol.is_declared_global() and symbol.is_assigned()
            yield from self._globals_inside(child)

    def _look_at(self, node: ast.AST) -> None:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                self.routines.add(name)
            case ast.Import(names=names):
                for alias in names:
                    self.modules.add(alias.name.partition(".")[0])
                    self.imports.add(alias.asname or alias.name.partition(".")[0])
            case ast.ImportFrom(module=module, names=names):
                self.modules.add((module or "").partition(".")[0])
                for alias in names:
                    if alias.name == "*":
                        self.opaque = True
                    if module == "course" or alias.name == "optim":
                        self.modules.add(alias.name if alias.name == "optim" else f"course.{alias.name}")
                    self.imports.add(alias.asname or alias.name)
                if (module or "").startswith("course."):
                    self.modules.add(".".join((module or "").split(".")[:2]))
            case ast.Attribute(attr="optim"):
                self.modules.add("optim")
            case ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del()):
                self.stores |= _root(node)
            case ast.Call(func=ast.Name(id="setattr" | "delattr"), args=[target, *_]):
                self.stores |= _root(target)
            case ast.Call(func=function, args=args, keywords=keywords):
                if isinstance(function, ast.Attribute):
                    self.alters |= _root(function)
                for given in (*args, *(keyword.value for keyword in keywords)):
                    self.alters |= {n.id for n in ast.walk(given) if isinstance(n, ast.Name)}
            case ast.AugAssign(target=ast.Name(id=name)):
                self.alters.add(name)
            case _:
                pass


def _root(node: ast.AST) -> set[str]:
    found: ast.AST = node
    while True:
        match found:
            case ast.Attribute(value=inner) | ast.Subscript(value=inner) | ast.Call(func=inner):
                found = inner
            case ast.Name(id=name):
                return {name}
            case _:
                return set()


class _TopLevel:
    """Walks a cell's top level in the order of execution, and gathers what is read before it is certainly bound."""

    def __init__(self) -> None:
        self.reads: set[str] = set()

    def statements(self, body: Sequence[ast.stmt], bound: frozenset[str]) -> frozenset[str]:
        """Read a block; returns the names that are bound after it."""
        for statement in body:
            bound = self._statement(statement, bound)
        return bound

    def _statement(self, node: ast.stmt, bound: frozenset[str]) -> frozenset[str]:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                self._routine(node, bound)
                return bound | {name}
            case ast.ClassDef(name=name, body=body):
                for part in (*node.decorator_list, *node.bases, *node.keywords):
                    bound = self._expression(part, bound)
                # What a class body binds is bound inside it only.
                self.statements(body, bound)
                return bound | {name}
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                return bound | {alias.asname or alias.name.partition(".")[0] for alias in names}
            case ast.AugAssign(target=target, value=value):
                bound = self._expression(value, bound)
                if isinstance(target, ast.Name):
                    self.reads |= {target.id} - bound
                    return bound | {target.id}
                return self._expression(target, bound)
            case ast.If(test=test, body=body, orelse=other):
                bound = self._expression(test, bound)
                return self.statements(body, bound) & self.statements(other, bound)
            case ast.While(test=test, body=body, orelse=other):
                bound = self._expression(test, bound)
                self.statements(body, bound)
                self.statements(other, bound)
                return bound
            case (
                ast.For(target=target, iter=over, body=body, orelse=other)
                | ast.AsyncFor(target=target, iter=over, body=body, orelse=other)
            ):
                bound = self._expression(target, self._expression(over, bound))
                # A loop that is never entered binds nothing; the whole notebook is run if that shows.
                return bound | (self.statements(body, bound) & self.statements(other, bound))
            case ast.With(items=items, body=body) | ast.AsyncWith(items=items, body=body):
                for item in items:
                    bound = self._expression(item, bound)
                return self.statements(body, bound)
            case (
                ast.Try(body=body, handlers=handlers, orelse=other, finalbody=final)
                | ast.TryStar(body=body, handlers=handlers, orelse=other, finalbody=final)
            ):
                after = self.statements(other, self.statements(body, bound))
                for handler in handlers:
                    inside = self._expression(handler.type, bound) if handler.type is not None else bound
                    after &= self.statements(handler.body, inside | ({handler.name} if handler.name else set()))
                return self.statements(final, bound) | after
            case ast.Match(subject=subject, cases=cases):
                bound = self._expression(subject, bound)
                for case in cases:
                    named = {
                        name for part in ast.walk(case.pattern)
                        for name in (getattr(part, "name", None), getattr(part, "rest", None)) if name
                    }  # fmt: skip
                    self.statements(case.body, self._expression(case.pattern, bound) | named)
                return bound
            case _:
                return self._expression(node, bound)

    def _routine(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, bound: frozenset[str]) -> None:
        args = node.args
        parts: list[ast.AST] = [*args.defaults, *filter(None, args.kw_defaults)]
        if not isinstance(node, ast.Lambda):
            parts += node.decorator_list
            parts += [a.annotation for a in _arguments(args) if a.annotation is not None]
            parts += [node.returns] if node.returns is not None else []
        for part in parts:
            self._expression(part, bound)

    def _expression(self, node: ast.AST, bound: frozenset[str]) -> frozenset[str]:
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                return bound | {name}
            case ast.Name(id=name):
                self.reads |= {name} - bound
                return bound
            case ast.NamedExpr(target=target, value=value):
                return self._expression(target, self._expression(value, bound))
            case ast.Lambda():
                self._routine(node, bound)
                return bound
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                inside = bound
                for generator in node.generators:
                    inside = self._expression(generator.target, self._expression(generator.iter, inside))
                    for test in generator.ifs:
                        inside = self._expression(test, inside)
                results = (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,)
                for result in results:
                    self._expression(result, inside)
                return bound
            case ast.Assign(targets=targets, value=value):
                bound = self._expression(value, bound)
                for taker in targets:
                    bound = self._expression(taker, bound)
                return bound
            case ast.AnnAssign(target=taker, annotation=annotation, value=value):
                bound = self._expression(annotation, bound)
                return self._expression(taker, self._expression(value, bound)) if value is not None else bound
            case _:
                for child in ast.iter_child_nodes(node):
                    bound = self._expression(child, bound)
                return bound


def _arguments(args: ast.arguments) -> list[ast.arg]:
    return [*args.posonlyargs, *args.args, *args.kwonlyargs, *filter(None, (args.vararg, args.kwarg))]


@dataclass(frozen=True)
class Cell:
    """A code cell as far as slicing is concerned; ``demonstration`` says that it may be passed over."""

    source: str
    demonstration: bool


def chosen(cells: Sequence[Cell]) -> list[bool]:
    """For each cell whether it must be run."""
    known = [facts(cell.source) for cell in cells]
    run = [not cell.demonstration for cell in cells]
    if any(fact.opaque for fact, taken in zip(known, run, strict=True) if taken):
        return [True] * len(cells)
    # An opaque demonstration cannot be told to be harmless; what it reads, it may read from any other.
    if any(fact.opaque and not _is_contained(cell.source) for fact, cell in zip(known, cells, strict=True)):
        return [True] * len(cells)
    while True:
        taken_facts = [fact for fact, taken in zip(known, run, strict=True) if taken]
        uses = frozenset[str]().union(*(fact.uses for fact in taken_facts))
        imports = frozenset[str]().union(*(fact.imports for fact in known))
        routines = frozenset[str]().union(*(fact.routines for fact in known))
        defined = frozenset[str]().union(*(fact.defines for fact in known))
        # Only what a cell binds to a value of its own can be altered through its name: no library, no function.
        values = (uses & defined) - imports - routines
        added = False
        for index, fact in enumerate(known):
            if run[index]:
                continue
            if (fact.defines | fact.stores) & uses or fact.alters & values:
                run[index] = added = True
        if not added:
            return run


def needed(cells: Sequence[Cell], wanted: int) -> set[int]:
    """The cells that a cell may need, with itself, as far as their text tells.

    Args:
        cells: all cells; demonstrations are treated like any other.
        wanted: the index of the cell that is wanted.
    """
    known = [facts(cell.source) for cell in cells]
    imports = frozenset[str]().union(*(fact.imports for fact in known))
    routines = frozenset[str]().union(*(fact.routines for fact in known))
    defined = frozenset[str]().union(*(fact.defines for fact in known))
    taken = {wanted}
    while True:
        uses = frozenset[str]().union(*(known[index].uses for index in taken))
        values = (uses & defined) - imports - routines
        more = {
            index
            for index, fact in enumerate(known)
            if index not in taken and ((fact.defines | fact.stores) & uses or fact.alters & values)
        }
        if not more:
            return taken
        taken |= more


def _is_contained(source: str) -> bool:
    """Whether the only dynamic thing in a cell is ``exec(code, namespace)`` with a namespace of its own."""
    tree = parsed(source)
    if tree is None or facts(source).uses & (_DYNAMIC - {"exec", "eval"}):
        return False
    calls = [
        node for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("exec", "eval")
    ]  # fmt: skip
    named = sum(isinstance(node, ast.Name) and node.id in ("exec", "eval") for node in ast.walk(tree))
    stars = any(isinstance(n, ast.ImportFrom) and any(a.name == "*" for a in n.names) for n in ast.walk(tree))
    return not stars and named == len(calls) and all(len(call.args) >= 2 for call in calls)
