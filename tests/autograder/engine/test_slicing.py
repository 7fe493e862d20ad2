from __future__ import annotations

import json

import pytest

from autograder.engine.slicing import Cell, chosen, facts, needed
from autograder.places import COURSE, SOLUTIONS, lesson_names


def run_of(*sources: str, answers: tuple[int, ...] = (-1,)) -> list[bool]:
    """Which cells are run where all but the answers are demonstrations."""
    last = len(sources)
    fixed = {index % last for index in answers}
    return chosen([Cell(source, index not in fixed) for index, source in enumerate(sources)])


@pytest.mark.parametrize(
    ("source", "uses"),
    [
        ("def f(x):\n    y = x + a\n    return y", {"a"}),
        ("x = 1\nprint(x)", {"print"}),
        ("print(x)\nx = 1", {"print", "x"}),
        ("x += 1", {"x"}),
        ("if a:\n    x = 1\nprint(x)", {"a", "print", "x"}),
        ("if a:\n    x = 1\nelse:\n    x = 2\nprint(x)", {"a", "print"}),
        ("for i in a:\n    print(i)", {"a", "print"}),
        ("[i for i in a if i > b]", {"a", "b"}),
        ("{k: v for k, v in a}", {"a"}),
        ("with open(p) as f:\n    f.read()", {"open", "p"}),
        ("try:\n    import u\nexcept ImportError as e:\n    print(e)", {"ImportError", "print"}),
        ("def f(x=a, *, y: b = c) -> d:\n    return e", {"a", "b", "c", "d", "e"}),
        ("@a\nclass C(b):\n    x = c\n    def m(self):\n        return d, x", {"a", "b", "c", "d", "x"}),
        ("lambda x=a: x + b", {"a", "b"}),
        ("def f():\n    return g()\ndef g():\n    return 1", set()),
        ("match a:\n    case [x, *rest]:\n        print(x, rest)", {"a", "print"}),
        ("(y := a)\ny", {"a"}),
        ("x: int = 3\nx", {"int"}),
        ("import a.b\na.b.c", set()),
        ("del x", {"x"}),
        ("def f():\n    def g():\n        return a\n    return g", {"a"}),
    ],
)
def test_what_a_cell_reads_from_others(source: str, uses: set[str]) -> None:
    assert facts(source).uses == uses


def test_what_a_cell_binds_and_alters() -> None:
    found = facts(
        "import a as b\nfrom c import d\nfor i in x:\n    pass\nwith y as z:\n    z.w = 1\nq[0] = f(r)\n"
        "def g():\n    global h\n    h = 1"
    )
    assert found.defines >= {"b", "d", "i", "z", "g", "h"}
    assert found.stores == {"z", "q"}
    assert "r" in found.alters
    assert found.modules == {"a", "c"}


@pytest.mark.parametrize(
    "source", ["%timeit x", "!ls", "from a import *", "exec('x = 1')", "print(_)", "Out[1]", "f(", "_12", "_i3"]
)
def test_what_can_do_more_than_it_names_is_opaque(source: str) -> None:
    assert facts(source).opaque


def test_demonstrations_are_passed_over_unless_something_of_theirs_is_used() -> None:
    assert run_of("x = 1", "y = 2", "z = y", "def f():\n    return z") == [False, True, True, True]
    assert run_of("x = 1\nprint(x)", "def f(x):\n    return x") == [False, True]


def test_a_demonstration_that_rebinds_or_changes_what_is_used_is_run() -> None:
    assert run_of("words = []", "words.append(3)", "def f():\n    return words") == [True, True, True]
    assert run_of("words = []", "fill(words)", "def f():\n    return words") == [True, True, True]
    assert run_of("words = []", "print(len('a'))", "def f():\n    return words") == [True, False, True]
    assert run_of("import torch", "torch.seen = 1", "def f():\n    return torch") == [True, True, True]
    assert run_of("import torch", "torch.ones(3)", "def f():\n    return torch") == [True, False, True]


def test_when_it_cannot_be_told_everything_is_run() -> None:
    assert run_of("x = 1", "from os import *", "def f(): pass") == [True] * 3
    assert run_of("x = 1", "exec('y = 1')", "def f(): pass") == [True] * 3
    assert run_of("x = 1", "eval('x')") == [True, True]
    assert run_of("x = 1", "memory = {}\nexec('y = 1', memory)", "def f(): pass") == [False, False, True]


def test_what_an_answer_needs_is_found_through_other_cells() -> None:
    cells = [
        Cell(s, False) for s in ("a = 1", "b = a", "c = 1", "def f():\n    return b", "scratch = f()", "b.append(c)")
    ]
    assert needed(cells, 3) == {0, 1, 2, 3, 5}


@pytest.mark.parametrize("lesson", lesson_names())
def test_of_a_solution_only_setup_and_answers_are_run(lesson: str) -> None:
    notebook = json.loads((SOLUTIONS / lesson / f"{lesson}.ipynb").read_text(encoding="utf-8"))
    assert (COURSE / lesson / f"{lesson}.ipynb").is_file()
    cells, answers = [], 0
    for cell in notebook["cells"]:
        grading = cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] == "code" and not grading.get("grade"):
            fixed = bool(cell["metadata"].get("course", {}).get("setup") or grading.get("solution"))
            answers += fixed
            cells.append(Cell("".join(cell["source"]), not fixed))
    assert sum(chosen(cells)) <= answers + 3, "a lesson whose demonstrations feed its answers is slow to grade"
