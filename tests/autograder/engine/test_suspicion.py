from __future__ import annotations

import json

import pytest

from autograder.engine.suspicion import read_text, references
from autograder.places import SOLUTIONS, lesson_names
from course.checking.key import read_key

REFUSE = frozenset({"torch.softmax", "torch.Tensor.softmax", "torch.nn.functional.softmax", "some.lib.rope"})


@pytest.mark.parametrize(
    "source",
    [
        "import gc", "from gc import get_objects as g", "sys._getframe(1)", "f.__globals__['x']", "import ctypes",
        "x = ().__class__.__base__.__subclasses__()", "import sys\nsys.modules['torch'] = 1", "exec(text)", "eval('1')",
        "getattr(torch, 'soft' + 'max')", "getattr(x, name)", "torch.softmax = f", "setattr(F, 'softmax', f)",
        "from course.checking import refuse", "import course.checking.observe", "open('/proc/self/mem')",
        "import os\nos.write(3, b'x')", "%timeit f(x)", "torch.load('x')", "getattr(f, '__code__')", "from os import *",
        "getattr(f, '__co' + 'de__')", "frame.f_back.f_locals", "inspect.stack()", "import pickle",
    ],
)  # fmt: skip
def test_code_that_could_take_the_observer_over_is_noticed(source: str) -> None:
    assert read_text(source).seizing
    assert read_text(source).blinding


@pytest.mark.parametrize(
    "source",
    [
        "import threading", "torch.ops.aten.softmax(x)", "torch._C.DisableTorchFunction()", "torch.jit.script(f)",
        "from concurrent.futures import ThreadPoolExecutor", "getattr(self, f'w_{name}')", "getattr(x, 'softmax')",
        "class T(torch.Tensor):\n    @classmethod\n    def __torch_function__(cls): pass",
    ],
)  # fmt: skip
def test_code_that_could_blind_the_watch_is_watched_more_closely(source: str) -> None:
    assert read_text(source).blinding
    assert not read_text(source).seizing


@pytest.mark.parametrize(
    "source",
    [
        "model.eval()\nre.compile('x')\ntorch.stack([x])\nlist(model.modules())\nstack, code, modules = 1, 2, 3",
        '"""It uses gc and exec, says this text."""', "def f(x):\n    return x.exp() / x.exp().sum()", "# import gc",
        "print('eval mode')", "f(", "x = 5 % 3" * 0 + "x = 3",
    ],
)  # fmt: skip
def test_ordinary_code_is_not_suspected(source: str) -> None:
    assert not read_text(source).seizing


@pytest.mark.parametrize("lesson", lesson_names())
def test_no_solution_of_an_exercise_that_refuses_something_is_suspected(lesson: str) -> None:
    refusing = {p.stem for p in (SOLUTIONS / lesson / "key").glob("*.json") if read_key(p).refuse}
    notebook = json.loads((SOLUTIONS / lesson / f"{lesson}.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and cell["metadata"].get("nbgrader", {}).get("grade_id") in refusing:
            assert not read_text("".join(cell["source"])).seizing


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("torch.softmax(x, 0)", "torch.softmax"),
        ("F.softmax(x)", "torch.nn.functional.softmax"),
        ("import torch.nn.functional as G\nG.softmax(x)", "torch.nn.functional.softmax"),
        ("from torch.nn.functional import softmax as s\ns(x)", "torch.nn.functional.softmax"),
        ("from some.lib import rope\nrope()", "some.lib.rope"),
        ("x.softmax(-1)", "torch.Tensor.softmax"),
        ("getattr(F, 'softmax')(x)", "torch.nn.functional.softmax"),
        ("softmax(x)", ""),
        ("'torch.softmax'", ""),
        ("f(", ""),
    ],
)
def test_refused_functions_are_recognised_by_their_imports(source: str, path: str) -> None:
    assert references(source, REFUSE) == path
