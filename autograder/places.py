"""Where things are in the repository: sources, releases, keys."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

from autograder.contract import ContractError, Lesson
from autograder.errors import AutograderError

ROOT = Path(__file__).resolve().parent.parent
SOLUTIONS = ROOT / "solutions"
COURSE = ROOT / "course"

_LESSON = re.compile(r"\d\d_[a-z0-9_]+")


def lesson_names() -> list[str]:
    """The lessons that have a source, in order."""
    if not SOLUTIONS.is_dir():
        raise AutograderError(f"There is no folder {SOLUTIONS}: run this from a checkout of the whole course.")
    return sorted(
        folder.name
        for folder in SOLUTIONS.iterdir()
        if _LESSON.fullmatch(folder.name) and (folder / "lesson.py").is_file()
    )


def chosen_lessons(names: list[str]) -> list[str]:
    """The lessons asked for, or all; ``05`` is enough for ``05_attention``.

    Raises:
        AutograderError: if a name fits no lesson.
    """
    known = lesson_names()
    chosen = []
    for name in names:
        found = [lesson for lesson in known if lesson == name or lesson.split("_")[0] == name]
        if not found:
            raise AutograderError(f"There is no lesson {name!r}. The lessons are: {', '.join(known)}.")
        chosen.append(found[0])
    return chosen or known


def load_contract(lesson: str) -> Lesson:
    """Import the contract of a lesson.

    Raises:
        ContractError: if it is missing, cannot be imported, or declares another lesson.
    """
    path = SOLUTIONS / lesson / "exercises.py"
    if not path.is_file():
        raise ContractError(f"{path.relative_to(ROOT)} is missing: a lesson declares its exercises there.")
    module_name = f"_contract_{lesson}"
    # A package as far as imports go, so that a long contract can stand in several files: from .exercises_more import …
    spec = importlib.util.spec_from_file_location(module_name, path, submodule_search_locations=[str(path.parent)])
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # dataclasses and typing look a class's module up by name while it is being executed.
    sys.modules[module_name] = module
    try:
        spec.loader.exec_module(module)
    except ContractError:
        raise
    except Exception as error:
        raise ContractError(f"{path.relative_to(ROOT)} cannot be imported: {type(error).__name__}: {error}") from error
    finally:
        for name in [name for name in sys.modules if name == module_name or name.startswith(f"{module_name}.")]:
            del sys.modules[name]
    declared = getattr(module, "LESSON", None)
    if not isinstance(declared, Lesson):
        raise ContractError(f"{path.relative_to(ROOT)} must define LESSON = Lesson(…).")
    if declared.name != lesson:
        raise ContractError(
            f"{path.relative_to(ROOT)} declares the lesson {declared.name!r}, but its folder is {lesson!r}."
        )
    return declared


def full_key_path(lesson: str, exercise: str) -> Path:
    """Where the instructor's key of an exercise lies."""
    return SOLUTIONS / lesson / "key" / f"{exercise}.json"


def visible_key_path(lesson: str, exercise: str) -> Path:
    """Where the learner's key of an exercise lies."""
    return COURSE / lesson / "key" / f"{exercise}.json"
