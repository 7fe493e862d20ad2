"""Cells whose text alone is a load for whoever parses it: half a megabyte of lines, towers of operators."""

from tests.attacks.attack import Attack, Notebook

SOURCES = (
    "x = 1\n" * 60_000,
    "+".join(["1"] * 30_000),
    "-" * 30_000 + "1",
    "a" + ".b" * 30_000,
    "(" * 5_000 + ")" * 5_000,
    "if 0:\n    b = 1\n" + "elif 0:\n    b = 1\n" * 1_500,
    "x = " * 30_000 + "1",
    "@a\n" * 30_000 + "def f():\n    pass",
    "lambda: " * 10_000 + "1",
    "".join("\t" * depth + "if 1:\n" for depth in range(99)) + "\t" * 99 + "pass",
)


def build(notebook: Notebook) -> None:
    """Make the submission."""
    for source in SOURCES:
        notebook.own(source, before="check-row-softmax")


ATTACK = Attack("cells that are hard to parse", build, seconds=30)
