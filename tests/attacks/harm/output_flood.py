"""Text without end on both streams, on the descriptors below them, and in one line."""

from tests.attacks.attack import Drill
from tests.attacks.harm._graded import problems_of
from tests.attacks.harness import Arena

WAYS = {
    "many lines": "for number in range(1_000_000):\n    print(number)",
    "one line": "print('x' * 100_000_000)",
    "one line, bit by bit": "for number in range(300_000):\n    print('y' * 100, end='')",
    "a progress bar": "import sys\nfor number in range(300_000):\n    sys.stderr.write('\\r' + 'z' * 80)",
    "empty lines": "print('\\n' * 20_000_000)",
    "descriptors": "import os\nfor number in range(50_000):\n    os.write(1, b'w' * 999)\n    os.write(2, b'w' * 999)",
    "from C": "import ctypes\nlibc = ctypes.CDLL(None)\nfor number in range(50_000):\n    libc.puts(b'v' * 1000)",
}


def run(arena: Arena) -> list[str]:
    """Flood in every way."""
    problems = []
    for way, source in WAYS.items():
        found = problems_of(arena, arena.honest("mixed").own(source, before="check-row-softmax"))
        problems += [f"{way}: {problem}" for problem in found]
    return problems


DRILL = Drill("hundreds of megabytes are printed", run, "cut off; no points changed", seconds=70)
