"""What a learner built in an earlier lesson, for use in a later one.

>>> from course import bring
>>> MultiHeadAttention = bring("05_attention", "MultiHeadAttention")      # doctest: +SKIP
MultiHeadAttention: your own, from lesson 05_attention.

It is read from the learner's notebook in the workspace and checked on the spot. Where there is none yet, or its check
does not pass, the course's stand-in (:mod:`course.standins`) takes its place, so that every lesson runs by itself.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import linecache
import types
import warnings
from pathlib import Path
from typing import Any

from course.checking.guard import TimeUp, time_limit
from course.checking.judge import judge
from course.checking.key import KeyMissing, visible_key
from course.checking.observe import observe
from course.prepare import lesson_copy
from course.standins import standin
from course.update import source_text
from course.workspace import workspace_folder

_SECONDS = 20.0
_MAKES = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class NotBrought(Exception):
    """Why the learner's own work cannot be used; the message completes "because …"."""


def bring(lesson: str, name: str) -> Any:
    """The learner's own answer to an exercise of an earlier lesson, or the course's stand-in for it.

    Prints one sentence that says which of the two it is, and why.

    Args:
        lesson: the folder of the lesson, such as ``"05_attention"``.
        name: the exercise, such as ``"MultiHeadAttention"``.

    Raises:
        LookupError: if the course has no stand-in of that name.
    """
    substitute = standin(lesson, name)
    try:
        brought = own(lesson, name)
    except NotBrought as why:
        print(f"{name}: the course's stand-in, because {why}.")
        return substitute
    print(f"{name}: your own, from lesson {lesson}.")
    return brought


def own(lesson: str, name: str, workspace: Path | None = None) -> Any:
    """The learner's own answer, made from their notebook and checked on the visible cases.

    Raises:
        NotBrought: if there is none that passes.
    """
    notebook = lesson_copy(lesson, workspace or workspace_folder())
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    except OSError:
        raise NotBrought(f"lesson {lesson} has not been begun here") from None
    except (ValueError, KeyError, TypeError):
        raise NotBrought(f"{notebook} cannot be read as a notebook: open and save it once in JupyterLab") from None
    answer = _made(lesson, name, cells)
    try:
        key = visible_key(name)
    except KeyMissing as missing:
        raise NotBrought(str(missing)) from None
    verdict = judge(key, observe(key.questions(), answer))
    if verdict.status != "pass":
        raise NotBrought(f"the check of yours does not pass yet ({verdict.points:g} of {verdict.max_points:g} points)")
    return answer


def _made(lesson: str, name: str, cells: list[dict[str, Any]]) -> Any:
    """Run the cells that the answer may stand on (imports, answers, functions of the learner's own), and take it."""
    module = types.ModuleType(f"lesson_{lesson}")
    failed = ""
    for cell in cells:
        source = source_text(cell)
        if cell.get("cell_type") != "code" or not _needed(cell, source):
            continue
        problem = _run(source, module, f"<{lesson}: {cell.get('id', 'cell')}>")
        if cell.get("id") == name:
            failed = problem
            break
    if hasattr(module, name):
        return getattr(module, name)
    raise NotBrought(f"its cell in lesson {lesson} {failed or 'does not define it'}")


def _needed(cell: dict[str, Any], source: str) -> bool:
    """Whether a cell prepares or answers an exercise, or only imports and defines."""
    metadata = cell.get("metadata", {})
    if metadata.get("course", {}).get("setup") or metadata.get("nbgrader", {}).get("solution"):
        return True
    try:
        return all(isinstance(statement, _MAKES) for statement in ast.parse(source).body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False


def _run(source: str, module: types.ModuleType, filename: str) -> str:
    """Run one cell in silence; returns what went wrong, as the end of a sentence."""
    # so that a traceback in a later lesson can quote the line
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(), time_limit(_SECONDS):
            warnings.simplefilter("ignore")
            # Not with this module's own `from __future__ import annotations`, which a notebook does not have.
            exec(compile(source, filename, "exec", dont_inherit=True), vars(module))
    except TimeUp:
        return f"runs for more than {_SECONDS:g} s"
    except Exception as error:
        return f"raises {type(error).__name__}"
    return ""
