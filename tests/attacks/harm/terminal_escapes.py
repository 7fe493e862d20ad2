"""Escape sequences, forged lines and reversed text for the instructor's terminal, in names, notes and messages."""

import contextlib
import io
import json
from unittest.mock import patch

from autograder.classroom import cli as classroom_cli
from autograder.classroom.grade import write_json
from autograder.classroom.records import Record
from autograder.classroom.table import Row
from autograder.cli import main
from tests.attacks.attack import Drill
from tests.attacks.harm._collected import desk
from tests.attacks.harness import Arena
from tests.attacks.lesson import NAME

#: Clearing the screen, a title, a link, a report that is typed back, the C1 forms, a line of one's own, and others.
TEXTS = (
    "\x1b[2J\x1b[H", "\x1b]0;owned\x07", "\x1b]8;;http://127.0.0.1/\x1b\\", "\x1b[6n", "\x9b31m", "\x90$q\x9c",
    "\rmallory  12 of 12", "\nmallory  12 of 12", "\x08" * 20, "\u202e21 fo 21", "\u2066", "\u2028alice 0", "\x0e",
    "\x1b]52;c;bHM=\x07", "\x05", "\x00", "\x7f", "\x85x",
)  # fmt: skip


def is_harmless(text: str) -> bool:
    """Whether a terminal can only show it; lines end where we end them."""
    return not any(
        (ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 or c in "\u2028\u2029" or 0x202A <= ord(c) <= 0x202E
        or 0x2066 <= ord(c) <= 0x2069 or 0xD800 <= ord(c) <= 0xDFFF
        for c in text
    )  # fmt: skip


def _collecting() -> list[str]:
    problems = []
    with desk() as made:
        for number, text in enumerate(TEXTS):
            with contextlib.suppress(OSError, ValueError):
                made.put(f"student{number}/{NAME}{text}.ipynb", b"{}")
                made.put(f"{text}/{NAME}.ipynb", b"{}")
                made.put(f"none{text}/essay.pdf", b"{}")
        screen = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        with contextlib.redirect_stdout(screen), contextlib.redirect_stderr(screen):
            main(["collect", NAME, str(made.incoming), "--classroom", str(made.classroom.root)])
            main(["collect", NAME, f"{made.incoming}/\x1b[2J.zip", "--classroom", str(made.classroom.root)])
        screen.flush()
        text = screen.buffer.getvalue().decode()  # type: ignore[attr-defined]
        if not is_harmless(text):
            problems.append(f"collect prints {text[:500]!r}")
        if any("12 of 12" in line and "mallory" in line.split()[:1] for line in text.splitlines()):
            problems.append("collect prints a forged line")
        for line in (made.classroom.root / "received" / "receipts.jsonl").read_text(encoding="utf-8").splitlines():
            if not is_harmless(json.loads(line)["file"]):
                problems.append(f"a receipt holds {line!r}")
    return problems


def _grading(arena: Arena) -> list[str]:
    """A submission whose cells and answers raise all that, graded and reported."""
    notebook = arena.honest("wrong")
    text = "".join(TEXTS)
    notebook.own(f"raise ValueError({text!r})", before="check-row-softmax")
    name = text.replace("\x00", "")
    notebook.own(f"print({text!r})\nraise type({name!r}, (Exception,), {{}})", before="check-Scaler")
    notebook.answer("mean_of", f"def mean_of(values):\n    raise ValueError({text!r})")
    notebook.answer("fingerprint", f"def fingerprint(text):\n    return {text!r}")
    graded = arena.grader.grade({"terminal": notebook.to_bytes()})["terminal"]
    problems = arena.compare("wrong", graded, ("error",))
    record = Record("terminal", NAME, tuple(graded.verdicts.values()), (*graded.notes, *TEXTS))
    path = arena.paths.temporary / "scores.json"
    try:
        write_json([record], path)
        record.to_text().encode()
    except ValueError as error:
        problems.append(f"the record cannot be written: {error}")
    path.unlink(missing_ok=True)
    screen = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    hostile = Record("mallory\x1b[2J", NAME, record.verdicts, record.notes)
    with contextlib.redirect_stdout(screen), patch("autograder.classroom.meter.sys.stderr", screen):
        classroom_cli._report([Row.of(record), Row.of(hostile)], [record, hostile], None)
    screen.flush()
    shown = screen.buffer.getvalue().decode()  # type: ignore[attr-defined]
    if not is_harmless(shown) or not is_harmless("\n".join(Row.of(hostile).lines(10))):
        problems.append(f"grade prints {shown[:500]!r}")
    if any(line.startswith("mallory  12") for line in shown.splitlines()):
        problems.append("grade prints a forged line")
    return problems


def run(arena: Arena) -> list[str]:
    """Collect and grade."""
    return [*_collecting(), *_grading(arena)]


DRILL = Drill("escape sequences and forged lines for the terminal", run, "shown as \\x1b and the like")
