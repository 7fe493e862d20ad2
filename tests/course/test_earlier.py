"""bring: the learner's own work where it passes, the stand-in with a reason where it does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from course import bring
from course.standins.attention import MultiHeadAttention

LESSON, NAME = "05_attention", "MultiHeadAttention"
ROOT = Path(__file__).resolve().parents[2]
SOLVED = ROOT / "solutions" / LESSON / f"{LESSON}.ipynb"
RELEASED = ROOT / "course" / LESSON / f"{LESSON}.ipynb"


def put(workspace: Path, notebook: dict[str, Any] | str) -> None:
    path = workspace / LESSON / f"{LESSON}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(notebook if isinstance(notebook, str) else json.dumps(notebook), encoding="utf-8")


def solved() -> dict[str, Any]:
    notebook: dict[str, Any] = json.loads(SOLVED.read_text(encoding="utf-8"))
    return notebook


def change(notebook: dict[str, Any], cell_id: str, old: str, new: str) -> dict[str, Any]:
    cell = next(cell for cell in notebook["cells"] if cell["id"] == cell_id)
    text = "".join(cell["source"])
    assert old in text
    cell["source"] = text.replace(old, new)
    return notebook


def test_the_learners_own_is_brought(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(workspace, solved())
    brought = bring(LESSON, NAME)
    assert brought is not MultiHeadAttention
    assert brought(8, 2).num_heads == 2
    assert capsys.readouterr().out == "MultiHeadAttention: your own, from lesson 05_attention.\n"


def test_a_helper_in_a_cell_of_its_own_comes_along(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notebook = change(solved(), "softmax", "def softmax(", "def softmax(")
    notebook = change(notebook, NAME, "self.w_query = nn.Linear(d_model, d_model)", "self.w_query = square(d_model)")
    helper = {"cell_type": "code", "id": "mine", "metadata": {}, "outputs": [], "execution_count": None,
              "source": "def square(width):\n    return nn.Linear(width, width)\n"}  # fmt: skip
    place = next(i for i, cell in enumerate(notebook["cells"]) if cell["id"] == NAME)
    notebook["cells"].insert(place, helper)
    put(workspace, notebook)
    bring(LESSON, NAME)
    assert "your own" in capsys.readouterr().out


def test_cells_that_do_more_than_define_are_not_run(workspace: Path, tmp_path: Path) -> None:
    notebook = solved()
    trace = tmp_path / "ran"
    cell = {"cell_type": "code", "id": "demo", "metadata": {}, "outputs": [], "execution_count": None,
            "source": f"open({str(trace)!r}, 'w').close()\n"}  # fmt: skip
    notebook["cells"].insert(2, cell)
    put(workspace, notebook)
    bring(LESSON, NAME)
    assert not trace.exists()


@pytest.mark.parametrize(
    ("what", "because"),
    [
        (None, "lesson 05_attention has not been begun here"),
        ("{", "cannot be read as a notebook"),
        ("{}", "cannot be read as a notebook"),
        ({"cells": []}, "its cell in lesson 05_attention does not define it"),
    ],
)
def test_without_a_notebook_the_stand_in_comes(
    what: Any, because: str, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if what is not None:
        put(workspace, what)
    assert bring(LESSON, NAME) is MultiHeadAttention
    said = capsys.readouterr().out
    assert said.startswith("MultiHeadAttention: the course's stand-in, because ")
    assert because in said
    assert said.count("\n") == 1


def test_an_unfinished_answer_is_not_brought(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(workspace, RELEASED.read_text(encoding="utf-8"))
    assert bring(LESSON, NAME) is MultiHeadAttention
    assert "does not pass yet (0 of 4 points)" in capsys.readouterr().out


def test_a_wrong_answer_is_not_brought(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(workspace, change(solved(), "scaled_dot_product_attention", "math.sqrt(", "("))
    assert bring(LESSON, NAME) is MultiHeadAttention
    assert "does not pass yet" in capsys.readouterr().out


@pytest.mark.parametrize("body", ["raise ZeroDivisionError", "def ("])
def test_a_cell_that_raises_is_said(body: str, workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notebook = solved()
    next(cell for cell in notebook["cells"] if cell["id"] == NAME)["source"] = body
    put(workspace, notebook)
    assert bring(LESSON, NAME) is MultiHeadAttention
    assert "raises " in capsys.readouterr().out


def test_what_was_brought_is_quoted_in_tracebacks(workspace: Path) -> None:
    import linecache

    put(workspace, solved())
    code = bring(LESSON, NAME).forward.__code__
    assert "def forward" in linecache.getline(code.co_filename, code.co_firstlineno)


def test_an_unknown_name_is_answered_with_those_there_are() -> None:
    with pytest.raises(LookupError, match="no stand-in"):
        bring(LESSON, "apply_rope")
