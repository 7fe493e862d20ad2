"""A cell that only defines is told from one that may change what was there before."""

from __future__ import annotations

import pytest

from autograder.engine.defining import only_defines


@pytest.mark.parametrize(
    "source",
    [
        "",
        '"""Words."""',
        "import torch\nfrom torch import nn\nimport torch.nn.functional as F",
        "def f(x, scale=1.0, *, dim: int = -1) -> float:\n    return g(x) * scale",
        "@torch.no_grad()\ndef f(x): ...",
        "@functools.lru_cache(maxsize=None)\nasync def f(x): ...",
        "class Model(nn.Module):\n    size: int = 3\n    names = ('a', 'b')\n    @property\n    def width(self): ...",
        "@dataclass\nclass Point:\n    x: float\n    y: float = 0.0",
        "SIZE = OTHER = 3",
        "Pair = tuple[int, str] | None\nTABLE = {'a': [1, -2]}\nsquare = lambda x: x * x",
    ],
)
def test_definitions_imports_and_plain_values_only_define(source: str) -> None:
    assert only_defines(source)


@pytest.mark.parametrize(
    "source",
    [
        "print(1)",
        "x = f(2)",
        "f(2)",
        "settings['dim'] = 1",
        "Model.size = 4",
        "x += 1",
        "import helpers",
        "from helpers import f",
        "from . import f",
        "from torch import *",
        "def f(x=g()): ...",
        "def f(x: g()): ...",
        "@register\ndef f(x): ...",
        "@registry.add('f')\ndef f(x): ...",
        "class A(make()): ...",
        "class A(metaclass=M): ...",
        "class A:\n    print('made')",
        "for i in range(3): ...",
        "if x: y = 1",
        "del x",
        "global x\nx = 1",
        "%matplotlib inline",
        "def f(:",
        "x = " + " + ".join(["y"] * 2_400),
    ],
)
def test_whatever_runs_something_does_more(source: str) -> None:
    assert not only_defines(source)
