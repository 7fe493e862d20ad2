"""The shell takes two short ways past IPython; both must come out where IPython does."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from IPython.core.interactiveshell import InteractiveShell

from autograder.classroom.names import parsed
from autograder.engine.shell import Shell
from autograder.places import COURSE, lesson_names

TEXTS = [
    "", "\n", "x = 1", "x = 1\n", "x = 1\n\n", "  \nx = 1", "def f():\n\treturn 1", "'''a\n %time\n !ls\n'''",
    "x = 3 % 2", "# !ls",
    "x = (1,\n     2)", "a = b = 1;", "print(1)\r\nprint(2)", "x\\\n  = 1", "s = '?'", "f'{x!r}'", "ä = 1", "\fx = 1",
]  # fmt: skip


@pytest.fixture(scope="module")
def shell() -> Iterator[Shell]:
    own = Shell()
    yield own
    own.history_manager.end_session() if own.history_manager else None


def is_left_as_it_is(shell: Shell, text: str) -> bool:
    shell.plain = ""
    translated = shell.transform_cell(text)
    shell.plain = text
    return shell.transform_cell(text) == translated


@pytest.mark.parametrize("text", TEXTS)
def test_plain_python_is_what_translating_it_gives(shell: Shell, text: str) -> None:
    assert parsed(text) is not None
    assert is_left_as_it_is(shell, text)


@pytest.mark.parametrize("lesson", lesson_names())
def test_so_are_the_cells_of_a_lesson(shell: Shell, lesson: str) -> None:
    notebook = json.loads((COURSE / lesson / f"{lesson}.ipynb").read_text(encoding="utf-8"))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    plain = [cell for cell in cells if parsed(cell) is not None]
    assert plain
    assert [cell for cell in plain if not is_left_as_it_is(shell, cell)] == []


def test_what_is_not_known_to_be_plain_is_translated(shell: Shell) -> None:
    shell.plain = "x = 1"
    assert "run_line_magic" in shell.transform_cell("%pwd")


def test_a_transformer_that_a_cell_has_added_meets_plain_cells_too(shell: Shell) -> None:
    shell.plain = "x = 1\n"
    shell.input_transformers_post.append(lambda lines: [*lines, "y = 2\n"])
    try:
        assert shell.transform_cell("x = 1\n") == "x = 1\ny = 2\n"
    finally:
        shell.input_transformers_post.clear()


@pytest.mark.parametrize(
    "text",
    [
        "await x", "async with x:\n    pass", "[i async for i in x]", "async for i in x:\n    pass",
        "async def f():\n    await x", "def f():\n    pass", "'await'", "awaited = 1", "await", "(await x", "x = 1",
    ],
)  # fmt: skip
def test_a_cell_is_asynchronous_where_ipython_says_so(shell: Shell, text: str) -> None:
    says = InteractiveShell.should_run_async(shell, text, transformed_cell=text)
    assert shell.should_run_async(text, transformed_cell=text) is says
