"""Displays without end: many, huge, changed over and over, cleared, nested, and of types that nobody knows."""

from tests.attacks.attack import Drill
from tests.attacks.harm._graded import problems_of
from tests.attacks.harness import Arena

WAYS = {
    "many": "from IPython.display import display\nfor number in range(30_000):\n    display(number)",
    "empty": "from IPython.display import display\nfor number in range(30_000):\n    display({}, raw=True)",
    "huge": "from IPython.display import HTML, display\ndisplay(HTML('<b>' * 20_000_000))",
    "updates": (
        "from IPython.display import display\nhandle = display('a', display_id=True)\n"
        "for number in range(3_000):\n    handle.update('b' * 1000)"
    ),
    "cleared": (
        "from IPython.display import clear_output\nfor number in range(10_000):\n    print('c' * 1000)\n"
        "    clear_output(wait=number % 2)"
    ),
    "metadata": (
        "from IPython.display import display\n"
        "display({'text/plain': 'd'}, raw=True, metadata={'text/plain': {'e' * 50_000_000: 1}})"
    ),
    "deep": (
        "from IPython.display import display\ntower = []\nfor number in range(900):\n    tower = [tower]\n"
        "display({'application/json': tower, 'text/plain': 'f'}, raw=True)"
    ),
    "types": (
        "from IPython.display import display\n"
        "display({f'application/x-{number}+json': None for number in range(100_000)}, raw=True)"
    ),
    "the expression's own": "'g' * 100_000_000",
}


def run(arena: Arena) -> list[str]:
    """Flood in every way."""
    problems = []
    for way, source in WAYS.items():
        found = problems_of(arena, arena.honest("mixed").own(source, before="check-row-softmax"))
        problems += [f"{way}: {problem}" for problem in found]
    return problems


DRILL = Drill("displays without end", run, "cut off; no points changed", seconds=90)
