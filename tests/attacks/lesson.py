"""The lesson that is attacked: four small exercises, and hidden cases whose values are marked like banknotes.

Whatever of the hidden key turns up where a student can see it is found by searching for :data:`CANARIES`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch

from autograder.build.builder import LessonSource
from autograder.build.notebook import expand
from autograder.build.release import notebook_text, release_notebook
from autograder.build.source import SourceCell
from autograder.classroom.folder import Content
from autograder.contract import Alternative, Exercise, Lesson, Misconception, call, case, load, method, new

NAME = "92_attacked"
_HINTS = ("Look again.", "Look closer.", "It is nearly there.")

#: Stands in the hidden inputs, and in the hidden expectations of an exercise that gives text back.
HIDDEN_TEXT = "quokka-7f3e9d-underneath"
#: A number that only hidden inputs hold.
HIDDEN_NUMBER = 73019.625
#: What the solution makes of :data:`HIDDEN_TEXT`; nobody sees it who does not know the text.
HIDDEN_RESULT = sum((i + 1) * ord(letter) for i, letter in enumerate(HIDDEN_TEXT * 40))

#: ``{what it is: text}``: none of these may reach a student.
CANARIES = {
    "a hidden input (text)": HIDDEN_TEXT,
    "a hidden input (number)": str(HIDDEN_NUMBER),
    "a hidden expectation": str(HIDDEN_RESULT),
}

_REFUSED = (
    "torch.softmax", "torch.Tensor.softmax", "torch.nn.functional.softmax", "torch.special.softmax",
    "torch.log_softmax", "torch.Tensor.log_softmax", "torch.nn.functional.log_softmax",
)  # fmt: skip
_draw = torch.Generator().manual_seed(92)

LESSON = Lesson(
    name=NAME,
    title="Attacked",
    summary="A lesson for attacks.",
    reading_minutes=1,
    exercises=(
        Exercise(
            name="row_softmax",
            title="softmax of rows",
            points=4.0,
            difficulty=1,
            minutes=5,
            hints=_HINTS,
            cases=(
                case("two rows", call(torch.tensor([[0.0, 1.0, 2.0], [3.0, 1.0, 1.0]]))),
                case("one row", call(torch.tensor([[0.5, 0.25]]))),
                case("other rows", call(torch.randn(3, 4, generator=_draw)), hidden=True, note="It has three rows."),
                case("a thousand", call(torch.tensor([[1000.0, 1001.0]])), hidden=True),
                case("marked", call(torch.tensor([[HIDDEN_NUMBER, HIDDEN_NUMBER - 1]])), hidden=True),
            ),
            misconceptions=(
                Misconception(
                    "columns", "The columns sum to one.", 1.0,
                    code="def row_softmax(x):\n    return (x - torch.logsumexp(x, dim=0, keepdim=True)).exp()",
                ),
                Misconception("no_exponential", "There is no exponential.", code="def row_softmax(x):\n    return x"),
                Misconception(
                    "everything", "All numbers sum to one.", 0.5,
                    code="def row_softmax(x):\n    return torch.exp(x) / torch.exp(x).sum()",
                ),
            ),
            alternatives=(
                Alternative(
                    "by_logarithm",
                    code="def row_softmax(x):\n    return (x - torch.logsumexp(x, dim=-1, keepdim=True)).exp()",
                ),
            ),
            refuse=dict.fromkeys(_REFUSED, "building it is the exercise."),
            time_limit=3.0,
        ),
        Exercise(
            name="fingerprint",
            title="Fingerprint of a text",
            points=3.0,
            difficulty=1,
            minutes=5,
            hints=_HINTS,
            cases=(
                case("three letters", call("abc")),
                # Between visible ones: an answer that remembers what it was called with has it when it is shown.
                case("a long text", call(HIDDEN_TEXT * 40), hidden=True),
                case("nothing", call("")),
                case("accents", call("éàü"), hidden=True),
            ),
            misconceptions=(
                Misconception("unweighted", "The place does not count.", 1.0, edits={"(i + 1) * ": ""}),
                Misconception("from_zero", "The first place counts as nought.", 1.5, edits={"(i + 1)": "i"}),
                Misconception("length", "This is the length.", code="def fingerprint(text):\n    return len(text)"),
            ),
            alternatives=(
                Alternative(
                    "loop",
                    code="def fingerprint(text):\n    total = 0\n    for place in range(len(text)):\n"
                    "        total += (place + 1) * ord(text[place])\n    return total",
                ),
            ),
            time_limit=3.0,
        ),
        Exercise(
            name="mean_of",
            title="Mean",
            points=2.0,
            difficulty=1,
            minutes=5,
            hints=_HINTS,
            cases=(
                case("two numbers", call([1.0, 2.0])),
                case("one number", call([4.0])),
                case("many numbers", call([1.0, 5.0, 9.0, HIDDEN_NUMBER]), hidden=True),
            ),
            misconceptions=(
                Misconception("sum_only", "This is the sum.", 0.5, edits={" / len(values)": ""}),
                Misconception("halved", "This divides by two.", 0.25, edits={"len(values)": "2"}),
                Misconception("first", "This is the first.", edits={"sum(values) / len(values)": "values[0]"}),
            ),
            alternatives=(Alternative("exact", edits={"sum(values)": "math.fsum(values)"}),),
            time_limit=3.0,
        ),
        Exercise(
            name="Scaler",
            title="A layer that scales",
            points=3.0,
            difficulty=1,
            minutes=5,
            hints=_HINTS,
            cases=(
                case(
                    "three numbers",
                    new(3), load({"weight": torch.tensor([1.0, 2.0, 3.0])}), call(torch.ones(2, 3)),
                ),
                case("as made", new(2), method("forward", torch.tensor([[2.0, 3.0]]))),
                case(
                    "other numbers",
                    new(2), load({"weight": torch.tensor([-1.5, HIDDEN_NUMBER])}), call(torch.tensor([[2.0, 0.5]])),
                    hidden=True,
                ),
                case("row by row", new(4), method("forward", torch.arange(8.0).reshape(2, 4)), hidden=True),
            ),
            misconceptions=(
                Misconception("sums", "It adds.", 1.0, edits={"x * self.weight": "x + self.weight"}),
                Misconception("ignores", "It gives its input back.", 0.5, edits={"x * self.weight": "x"}),
                Misconception("zeros", "It begins with zeros.", 1.5, edits={"torch.ones(": "torch.zeros("}),
            ),
            alternatives=(Alternative("other_order", edits={"x * self.weight": "self.weight * x"}),),
            time_limit=3.0,
        ),
    ),
)  # fmt: skip


def _answer(name: str, head: str, solution: str, foot: str = "") -> SourceCell:
    source = f"{head}\n    ### BEGIN SOLUTION\n{solution}\n    ### END SOLUTION{foot}"
    return SourceCell("code", source, {"exercise": name})


CELLS = [
    SourceCell("markdown", "# 92 · Attacked"),
    SourceCell(
        "code", "import math\n\nimport torch\nfrom torch import nn\n\nfrom course import check, hint", {"setup": True}
    ),
    SourceCell("markdown", "## First"),
    _answer(
        "row_softmax",
        'def row_softmax(x):\n    """Make weights of each row."""',
        "    powers = torch.exp(x - x.amax(dim=-1, keepdim=True))\n"
        "    return powers / powers.sum(dim=-1, keepdim=True)",
    ),
    SourceCell("code", 'check("row_softmax", row_softmax)', {"check": "row_softmax"}),
    SourceCell("code", 'print("a demonstration", math.floor(2.5))'),
    SourceCell("markdown", "## Second"),
    _answer(
        "fingerprint",
        'def fingerprint(text):\n    """Weigh each letter by its place."""',
        "    return sum((i + 1) * ord(letter) for i, letter in enumerate(text))",
    ),
    SourceCell("code", 'check("fingerprint", fingerprint)', {"check": "fingerprint"}),
    _answer("mean_of", 'def mean_of(values):\n    """Average."""', "    return sum(values) / len(values)"),
    SourceCell("code", 'check("mean_of", mean_of)', {"check": "mean_of"}),
    _answer(
        "Scaler",
        'class Scaler(nn.Module):\n    """Multiply each column by a weight of its own."""\n',
        "    def __init__(self, size):\n        super().__init__()\n"
        "        self.weight = nn.Parameter(torch.ones(size))\n\n"
        "    def forward(self, x):\n        return x * self.weight",
    ),
    SourceCell("code", 'check("Scaler", Scaler)', {"check": "Scaler"}),
    SourceCell("markdown", "The end."),
]

EXERCISES = tuple(exercise.name for exercise in LESSON.exercises)
POINTS = {exercise.name: exercise.points for exercise in LESSON.exercises}
CHECKS = {name: cell.source for cell in CELLS for name in [cell.tags.get("check")] if isinstance(name, str)}

_SCALER = """\
class Scaler(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))

    def forward(self, x):
        return x * self.weight"""
RIGHT = {
    "row_softmax": "def row_softmax(x):\n    e = torch.exp(x - x.max(-1, keepdim=True).values)\n"
    "    return e / e.sum(-1, keepdim=True)",
    "fingerprint": "def fingerprint(text):\n    return sum(i * ord(c) for i, c in enumerate(text, start=1))",
    "mean_of": "def mean_of(values):\n    return sum(values) / len(values)",
    "Scaler": _SCALER,
}
WRONG = {
    "row_softmax": "def row_softmax(x):\n    return x - 1",
    "fingerprint": "def fingerprint(text):\n    return 7",
    "mean_of": "def mean_of(values):\n    return -1.0",
    "Scaler": _SCALER.replace("x * self.weight", "x - 5"),
}
#: The honest answers that an attack can ride on. Each but the first leaves points to be gained.
ANSWERS: Mapping[str, Mapping[str, str]] = {
    "right": RIGHT,
    "wrong": WRONG,
    # Nought of 4, a known mistake with credit, and two right ones.
    "mixed": {
        **RIGHT,
        "row_softmax": WRONG["row_softmax"],
        "fingerprint": "def fingerprint(text):\n    return sum(ord(c) for c in text)",
    },
    # All numbers are right, and one answer calls what it was to build, so that it earns nothing.
    "refused": {**RIGHT, "row_softmax": "def row_softmax(x):\n    return torch.softmax(x, -1)"},
    # Two exercises are done, the others as they were handed out.
    "begun": {"row_softmax": RIGHT["row_softmax"], "Scaler": RIGHT["Scaler"]},
}


def write_lesson(root: Path) -> Content:
    """Build the lesson as a checkout would have it, hidden keys included."""
    source = LessonSource(LESSON, CELLS)
    solution = expand(CELLS, LESSON)
    content = Content(root)
    for path, text in (
        (content.release(NAME), notebook_text(release_notebook(solution, LESSON))),
        (content.solution(NAME), notebook_text(solution)),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    content.keys(NAME).mkdir(exist_ok=True)
    for name, key in source.keys().items():
        (content.keys(NAME) / f"{name}.json").write_text(key.to_text(), encoding="utf-8")
    return content
