"""Modules, compiled files and .pth files that the next student would import: on disk and in the warm process."""

from tests.attacks.attack import Drill
from tests.attacks.harm._planted import problems_of
from tests.attacks.harness import Arena

PLACES = """
import importlib.util
import os
import site
import sys
from pathlib import Path

import course
import torch

folders = {Path(path) for path in [*sys.path, *site.getsitepackages(), site.getusersitepackages()] if path}
folders |= {Path.cwd(), Path(course.__file__).parent, Path(torch.__file__).parent}
files = [folder / name for folder in sorted(folders) for name in ("breach.pth", "sitecustomize.py", "numpy.py")]
files += [Path(importlib.util.cache_from_source(module.__file__)) for module in (course, os, torch)]
mark = b"planted" + b"-by-mallory"
"""
PLANT = """
for path in files:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"import builtins; builtins.planted = 1 #" + mark)
    except OSError:
        pass
    try:
        with path.open("r+b") as file:
            file.write(mark)
    except OSError:
        pass
import builtins

builtins.planted = 1
sys.modules["planted"] = builtins
torch.planted = course.planted = 1
sys.path.insert(0, os.getcwd())
sys.meta_path.insert(0, type("Finder", (), {"find_spec": staticmethod(lambda *a, **k: None), "planted": 1}))
"""
LOOK = """
for path in files:
    try:
        if mark in path.read_bytes():
            print("BREACH: there is still", path)
    except OSError:
        pass
try:
    print("BREACH: the built-in names were kept", planted)
except NameError:
    pass
try:
    import planted

    print("BREACH: a module was kept")
except ImportError:
    pass
if hasattr(torch, "planted") or hasattr(course, "planted"):
    print("BREACH: the process was kept")
"""


def run(arena: Arena) -> list[str]:
    """Plant, and look."""
    return problems_of(arena, PLACES + PLANT, PLACES + LOOK)


DRILL = Drill("modules and .pth files are planted for the next student", run, "nothing is there for the next")
