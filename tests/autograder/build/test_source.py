"""Lesson text ↔ cells ↔ notebook: nothing is lost on the way, and what is out of order is named."""

from __future__ import annotations

import nbformat
import pytest

from autograder.build.builder import LessonSource, read_source
from autograder.build.lint import lint
from autograder.build.notebook import collapse, expand
from autograder.build.source import SourceCell, format_text, match_contract, parse, write
from autograder.contract import ContractError
from autograder.places import lesson_names


def test_a_round_trip_through_the_notebook_is_the_identity(tiny: LessonSource, tiny_text: str) -> None:
    notebook = expand(tiny.cells, tiny.lesson)
    nbformat.validate(notebook)
    assert write(collapse(notebook, tiny.lesson)) == format_text(tiny_text)


@pytest.mark.parametrize("name", lesson_names())
def test_a_round_trip_of_every_lesson_is_the_identity(name: str) -> None:
    from autograder.build.builder import solution_path, source_path

    source = read_source(name)
    committed = nbformat.read(solution_path(name), as_version=4)
    assert write(collapse(committed, source.lesson)) == source_path(name).read_text(encoding="utf-8")


def test_cell_ids_are_grade_ids_or_hashes_of_the_content(tiny: LessonSource) -> None:
    ids = [cell.id for cell in expand(tiny.cells, tiny.lesson).cells]
    assert ids == [cell.id for cell in expand(tiny.cells, tiny.lesson).cells]
    assert {"tiny_softmax", "check-tiny-softmax", "card-tiny-softmax"} <= set(ids)
    assert len(set(ids)) == len(ids)


def test_the_card_tells_points_difficulty_and_minutes(tiny: LessonSource) -> None:
    cards = [c.source for c in expand(tiny.cells, tiny.lesson).cells if c.id.startswith("card-")]
    assert "2 points" in cards[0]
    assert "about 5 minutes" in cards[0]
    assert "★☆☆" in cards[0]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('check="tiny_softmax"', 'check="tiny_sftmax"', "needs exactly one cell tagged check"),
        ('exercise="tiny_softmax"', "setup=true", "needs exactly one cell tagged exercise"),
        ("def tiny_softmax", "def softmax", "does not define that name"),
        ('# %% check="tiny_batches"', '# %% chekc="tiny_batches"', "unknown tag 'chekc'"),
    ],
)
def test_a_source_that_does_not_fit_its_contract_is_refused(
    tiny: LessonSource, tiny_text: str, old: str, new: str, says: str
) -> None:
    text = format_text(tiny_text.replace(old, new))
    with pytest.raises(ContractError, match=says):
        match_contract(parse(text, "lesson.py"), tiny.lesson)


def test_a_text_that_would_not_survive_a_round_trip_is_refused_with_its_line(tiny_text: str) -> None:
    with pytest.raises(ContractError, match=r"lesson\.py, line \d+: .*--format"):
        parse(format_text(tiny_text).replace("\n\n\n# %% check", "\n# %% check"), "lesson.py")


def test_what_lesson_py_cannot_hold_is_refused(tiny: LessonSource) -> None:
    notebook = expand(tiny.cells, tiny.lesson)
    notebook.cells.append(nbformat.v4.new_raw_cell("raw"))
    with pytest.raises(ContractError, match="raw cell"):
        collapse(notebook, tiny.lesson)
    notebook.cells[-1] = nbformat.v4.new_code_cell("x", metadata={"nbgrader": {"grade_id": "else"}})
    with pytest.raises(ContractError, match="'else' belongs to no exercise"):
        collapse(notebook, tiny.lesson)


@pytest.mark.parametrize(
    "line",
    [
        "from transformers import BertModel, AdamW",
        "args = TrainingArguments(evaluation_strategy='epoch')",
        "metric = load_metric('accuracy')",
        "trainer = Trainer(model, tokenizer=tokenizer)",
    ],
)
@pytest.mark.parametrize("kind", ["code", "markdown"])
def test_retired_names_are_found_in_code_and_in_prose(kind: str, line: str) -> None:
    with pytest.raises(ContractError, match="99_tiny"):
        lint([SourceCell(kind, line)], "99_tiny")
    lint([SourceCell("markdown", f"{line}: this is gone")], "99_tiny")


def test_code_that_does_not_compile_is_refused() -> None:
    with pytest.raises(ContractError, match="does not compile"):
        lint([SourceCell("code", "def f(:")], "99_tiny")
