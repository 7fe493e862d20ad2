"""Exceptions with messages of megabytes, without a text, with a name of megabytes, chained a thousand times."""

from tests.attacks.attack import Drill
from tests.attacks.harm._graded import problems_of
from tests.attacks.harness import Arena

WAYS = {
    "message": "raise ValueError('x' * 100_000_000)",
    "lines": "raise ValueError('x\\n' * 10_000_000)",
    "name": "raise type('E' * 5_000_000, (Exception,), {})",
    "silent": (
        "class Silent(Exception):\n    def __str__(self):\n        raise self\n\n    __repr__ = __str__\n\n\n"
        "raise Silent"
    ),
    "chain": (
        "error = None\nfor number in range(3_000):\n    new = ValueError('y' * 1000)\n    new.__cause__ = error\n"
        "    error = new\nraise error"
    ),
    "ring": "one, two = ValueError(1), ValueError(2)\none.__cause__, two.__cause__ = two, one\nraise one",
    "group": (
        "error = ValueError(1)\nfor number in range(500):\n    error = ExceptionGroup('z' * 100, [error, error])\n"
        "raise error"
    ),
    "notes": "error = ValueError(1)\nerror.__notes__ = ['w' * 10_000_000] * 10\nraise error",
    "recursion": "def again(n):\n    return again(n + 1)\n\n\nagain(0)",
    "syntax": "(" * 1_000,
    "long line": "x = '" + "a" * 400_000 + "'\nraise ValueError(x)",
}


def run(arena: Arena) -> list[str]:
    """Raise in every way, in a cell of its own."""
    problems = []
    for way, source in WAYS.items():
        found = problems_of(arena, arena.honest("mixed").own(source, before="check-row-softmax"))
        problems += [f"{way}: {problem}" for problem in found]
    return problems


DRILL = Drill("exceptions of hundreds of megabytes in a cell", run, "cut off; no points changed", seconds=90)
