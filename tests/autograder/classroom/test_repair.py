from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.classroom.intake import Intake, take_in
from autograder.classroom.repair import _longest_rising
from autograder.classroom.skeleton import Skeleton, read_skeleton
from tests.autograder.classroom.tiny import (
    ALL_RIGHT,
    CELLS,
    RIGHT,
    TINY,
    Filled,
    Runner,
    as_bytes,
    cell_of,
    code_cell,
    index_of,
    sources,
    write_content,
)


def taken(notebook: dict[str, Any], skeleton: Skeleton) -> Intake:
    """What intake makes of a notebook, which must be a valid one with every cell of the release in order."""
    before = copy.deepcopy(skeleton.notebook)
    intake = take_in(as_bytes(notebook), skeleton)
    assert not intake.failure
    assert skeleton.notebook == before
    nbformat.validate(intake.notebook)
    ids = [cell.id for cell in intake.notebook.cells]
    assert [i for i in ids if i in {cell.id for cell in before.cells}] == [cell.id for cell in before.cells]
    for made in intake.notebook.cells:
        original = next((cell for cell in before.cells if cell.id == made.id), None)
        assert made.metadata == (original.metadata if original is not None else {})
    return intake


def said(intake: Intake) -> str:
    return " ".join(intake.notes)


def stripped(notebook: dict[str, Any], *, ids: bool = False) -> dict[str, Any]:
    for number, cell in enumerate(notebook["cells"]):
        cell["metadata"] = {"pycharm": {"name": "#%%\n"}}
        if ids:
            cell["id"] = f"new-{number}"
    notebook["metadata"] = {"kernelspec": {"name": "myenv", "display_name": "x"}, "colab": {"provenance": []}}
    return notebook


def test_a_good_submission_passes_unchanged_and_nothing_is_said(
    filled: Filled, skeleton: Skeleton, run: Runner
) -> None:
    submitted = filled()
    intake = taken(submitted, skeleton)
    assert intake.notes == ()
    assert sources(intake.notebook) == [cell["source"] for cell in submitted["cells"]]
    assert run(intake.notebook) == ALL_RIGHT


def test_an_untouched_release_passes_unchanged(blank: dict[str, Any], skeleton: Skeleton) -> None:
    intake = taken(blank, skeleton)
    assert intake.notes == ()
    assert sources(intake.notebook) == sources(skeleton.notebook)


def test_outputs_and_counts_are_dropped(filled: Filled, skeleton: Skeleton) -> None:
    submitted = filled()
    cell_of(submitted, "double")["outputs"] = [{"output_type": "nonsense"}]
    cell_of(submitted, "double")["execution_count"] = "five"
    intake = taken(submitted, skeleton)
    assert all(not cell.outputs for cell in intake.notebook.cells if cell.cell_type == "code")


def test_stripped_metadata_is_matched_by_cell_id(filled: Filled, skeleton: Skeleton, run: Runner) -> None:
    intake = taken(stripped(filled()), skeleton)
    assert "lost its nbgrader metadata" in said(intake)
    assert "by their cell ids" in said(intake)
    assert intake.notebook.metadata.kernelspec.name == "python3"
    assert run(intake.notebook) == ALL_RIGHT


def test_stripped_metadata_and_ids_are_matched_by_name(filled: Filled, skeleton: Skeleton, run: Runner) -> None:
    intake = taken(stripped(filled(), ids=True), skeleton)
    assert "by the names that they define" in said(intake)
    assert run(intake.notebook) == ALL_RIGHT
    assert len(intake.notebook.cells) == len(skeleton.notebook.cells)


def test_cells_without_any_id_are_matched_by_name(filled: Filled, skeleton: Skeleton, run: Runner) -> None:
    submitted = stripped(filled())
    for cell in submitted["cells"]:
        del cell["id"]
    submitted["nbformat_minor"] = 2
    assert run(taken(submitted, skeleton).notebook) == ALL_RIGHT


def test_a_missing_answer_is_said_and_its_stub_stands_in(filled: Filled, skeleton: Skeleton, run: Runner) -> None:
    submitted = filled()
    submitted["cells"].remove(cell_of(submitted, "mean"))
    intake = taken(submitted, skeleton)
    assert "No cell answers mean" in said(intake)
    assert run(intake.notebook) == {**ALL_RIGHT, "mean": "NotImplementedError"}


def test_missing_checks_and_lesson_cells_are_put_back(filled: Filled, skeleton: Skeleton, run: Runner) -> None:
    submitted = filled()
    setup = submitted["cells"][1]
    assert "import math" in setup["source"]
    for cell in (setup, cell_of(submitted, "check-mean"), submitted["cells"][0]):
        submitted["cells"].remove(cell)
    intake = taken(submitted, skeleton)
    assert "The check cell of mean was missing; it was put back." in intake.notes
    assert "A code cell of the lesson was missing and put back." in intake.notes
    assert "A text cell of the lesson was missing and put back." in intake.notes
    assert run(intake.notebook) == ALL_RIGHT


def test_an_edited_check_is_replaced(filled: Filled, skeleton: Skeleton, run: Runner) -> None:
    submitted = filled(double="def double(x):\n    return 7")
    cell_of(submitted, "check-double")["source"] = "2.0"
    intake = taken(submitted, skeleton)
    assert "The check cell of double had been changed; the original one was used." in intake.notes
    assert run(intake.notebook)["double"] == 7


def test_a_check_turned_into_text_is_put_back(filled: Filled, skeleton: Skeleton, run: Runner) -> None:
    submitted = filled()
    cell_of(submitted, "check-double")["cell_type"] = "markdown"
    assert run(taken(submitted, skeleton).notebook) == ALL_RIGHT


def test_skip_execution_tags_are_dropped(filled: Filled, skeleton: Skeleton) -> None:
    submitted = filled()
    cell_of(submitted, "check-double")["metadata"]["tags"] = ["skip-execution"]
    intake = taken(submitted, skeleton)
    assert "skip-execution" in said(intake)
    assert "tags" not in cell_of(intake.notebook, "check-double").metadata


def test_schema_version_99_and_other_points_are_dropped(filled: Filled, skeleton: Skeleton) -> None:
    submitted = filled()
    for cell in submitted["cells"]:
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"].update(schema_version=99, points=1000, task=True)
    assert taken(submitted, skeleton).notes == ()


def test_moved_cells_are_put_back_in_order(filled: Filled, skeleton: Skeleton, run: Runner) -> None:
    submitted = filled()
    cells = submitted["cells"]
    cells.insert(0, cells.pop(index_of(submitted, "check-double")))
    cells.append(cells.pop(index_of(submitted, "mean")))
    intake = taken(submitted, skeleton)
    assert "2 cells had been moved (the answer of mean, the check of double)" in said(intake)
    assert run(intake.notebook) == ALL_RIGHT


def test_all_cells_in_reverse_order(filled: Filled, skeleton: Skeleton, run: Runner) -> None:
    submitted = filled()
    submitted["cells"].reverse()
    assert run(taken(submitted, skeleton).notebook) == ALL_RIGHT


def test_of_copies_of_an_answer_the_last_written_one_counts(filled: Filled, skeleton: Skeleton, run: Runner) -> None:
    submitted = filled(double="def helper(x):\n    return x + x\ndef double(x):\n    return 7")
    at = index_of(submitted, "double")
    second = copy.deepcopy(submitted["cells"][at]) | {"id": "copy", "source": "def double(x):\n    return helper(x)"}
    submitted["cells"].insert(at + 1, second)
    intake = taken(submitted, skeleton)
    assert "The answer cell of double was there 2 times" in said(intake)
    assert run(intake.notebook) == ALL_RIGHT


def test_an_untouched_copy_after_the_answer_does_not_undo_it(
    filled: Filled, blank: dict[str, Any], skeleton: Skeleton, run: Runner
) -> None:
    submitted = filled()
    at = index_of(submitted, "double")
    submitted["cells"].insert(at + 1, copy.deepcopy(cell_of(blank, "double")) | {"id": "copy"})
    assert run(taken(submitted, skeleton).notebook) == ALL_RIGHT


def test_an_answer_cell_split_in_two_keeps_both_halves(filled: Filled, skeleton: Skeleton, run: Runner) -> None:
    submitted = filled(double="factor = 2\ndef double(x):\n    return factor * x")
    at = index_of(submitted, "double")
    second = copy.deepcopy(submitted["cells"][at]) | {"id": "half", "source": "factor = 2.0\nassert double(1) == 2"}
    submitted["cells"].insert(at + 1, second)
    intake = taken(submitted, skeleton)
    assert run(intake.notebook) == ALL_RIGHT
    assert "assert double(1) == 2" in "".join(sources(intake.notebook))


def test_an_answer_below_its_untouched_stub_is_found_with_its_helper(
    blank: dict[str, Any], filled: Filled, skeleton: Skeleton, run: Runner
) -> None:
    submitted = filled()
    cell_of(submitted, "double")["source"] = cell_of(blank, "double")["source"]
    at = index_of(submitted, "check-double")
    submitted["cells"].insert(at + 1, code_cell("def times(a, b):\n    return a * b", "helper"))
    submitted["cells"].insert(at + 2, code_cell("two = times(1, 2)\ndef double(x):\n    return times(two, x)", "below"))
    intake = taken(submitted, skeleton)
    assert "The answer to double was found by its name, outside its own cell." in intake.notes
    assert run(intake.notebook) == ALL_RIGHT


def test_of_several_answers_below_the_stub_the_last_counts_everywhere(
    blank: dict[str, Any], filled: Filled, skeleton: Skeleton, run: Runner
) -> None:
    submitted = filled()
    cell_of(submitted, "double")["source"] = cell_of(blank, "double")["source"]
    at = index_of(submitted, "check-double")
    submitted["cells"].insert(at + 1, code_cell("def double(x):\n    return 7", "first-try"))
    submitted["cells"].insert(at + 2, code_cell(RIGHT["double"], "second-try"))
    assert run(taken(submitted, skeleton).notebook) == ALL_RIGHT


def test_the_marked_cell_goes_before_others_that_define_the_name(
    filled: Filled, skeleton: Skeleton, run: Runner
) -> None:
    submitted = filled()
    submitted["cells"].append(code_cell("def double(x):\n    return 'a later experiment'"))
    intake = taken(submitted, skeleton)
    assert intake.notes == ()
    assert run(intake.notebook) == ALL_RIGHT


def test_own_cells_stay_behind_answers_that_only_their_names_tell(
    filled: Filled, skeleton: Skeleton, run: Runner
) -> None:
    submitted = filled()
    submitted["cells"].insert(index_of(submitted, "double") + 1, code_cell("half = double(1) / 4"))
    submitted["cells"].insert(index_of(submitted, "quadruple") + 1, code_cell("eighth = half / 4"))
    intake = taken(stripped(submitted, ids=True), skeleton)
    assert sources(intake.notebook) == [cell["source"] for cell in submitted["cells"]]
    assert run(intake.notebook) == ALL_RIGHT


def test_an_answer_moved_to_the_end_takes_its_helper_back_up(filled: Filled, skeleton: Skeleton, run: Runner) -> None:
    submitted = filled(double="two = twice(1)\ndef double(x):\n    return two * x")
    cells = submitted["cells"]
    answer = cells.pop(index_of(submitted, "double"))
    cells += [code_cell("def twice(x):\n    return x + x", "helper"), code_cell("unrelated = 1", "other"), answer]
    intake = taken(submitted, skeleton)
    assert run(intake.notebook) == ALL_RIGHT
    assert intake.notebook.cells[-1].source == "unrelated = 1"


def test_own_cells_behind_a_copied_check_stay_at_the_end(filled: Filled, skeleton: Skeleton, run: Runner) -> None:
    submitted = filled()
    submitted["cells"].append(copy.deepcopy(cell_of(submitted, "check-double")) | {"id": "copy"})
    submitted["cells"].append(code_cell("assert quadruple(1) == 4", "last"))
    intake = taken(submitted, skeleton)
    assert "The check cell of double was there 2 times; it was run once." in intake.notes
    assert intake.notebook.cells[-1].source == "assert quadruple(1) == 4"
    assert run(intake.notebook) == ALL_RIGHT


def test_two_answers_in_one_cell(filled: Filled, skeleton: Skeleton, run: Runner) -> None:
    submitted = filled(double=RIGHT["double"] + "\n\n" + RIGHT["mean"])
    submitted["cells"].remove(cell_of(submitted, "mean"))
    intake = taken(submitted, skeleton)
    assert run(intake.notebook) == ALL_RIGHT
    assert cell_of(intake.notebook, "mean").source.startswith("# mean is answered together with double")


def test_an_answer_that_does_not_parse_is_still_the_answer(filled: Filled, skeleton: Skeleton) -> None:
    broken = "def double(x:\n    return 2 * x"
    intake = taken(stripped(filled(double=broken), ids=True), skeleton)
    assert cell_of(intake.notebook, "double").source == broken


def test_an_answer_cell_that_defines_another_name_is_kept(filled: Filled, skeleton: Skeleton, run: Runner) -> None:
    intake = taken(filled(double="def Double(x):\n    return 2 * x"), skeleton)
    assert "def Double" in cell_of(intake.notebook, "double").source
    assert "double" not in run(intake.notebook)


def test_an_answer_cell_turned_into_text_is_run(filled: Filled, skeleton: Skeleton, run: Runner) -> None:
    submitted = filled()
    cell = cell_of(submitted, "mean")
    cell["cell_type"] = "markdown"
    del cell["outputs"], cell["execution_count"]
    intake = taken(submitted, skeleton)
    assert "The answer cell of mean had become a text cell; it was run as code." in intake.notes
    assert run(intake.notebook) == ALL_RIGHT


def test_own_cells_stay_where_they_were(filled: Filled, skeleton: Skeleton, run: Runner) -> None:
    submitted = filled(double="def double(x):\n    return times(2, x)")
    at = index_of(submitted, "double")
    submitted["cells"].insert(at, code_cell("def times(a, b):\n    return a * b", "double"))
    submitted["cells"][at]["id"] = "mine"
    submitted["cells"].insert(at + 2, {"cell_type": "markdown", "id": "m", "metadata": {}, "source": "my notes"})
    submitted["cells"].insert(0, {"cell_type": "raw", "id": "bad id!", "metadata": {}, "source": "first of all"})
    submitted["cells"].append(code_cell("print(double(4))", "mine"))
    intake = taken(submitted, skeleton)
    assert intake.notes == ()
    assert run(intake.notebook) == ALL_RIGHT
    assert sources(intake.notebook) == [cell["source"] for cell in submitted["cells"]]


def test_duplicated_text_and_demonstrations_stay(filled: Filled, skeleton: Skeleton, run: Runner) -> None:
    submitted = filled()
    demonstration = next(cell for cell in submitted["cells"] if "a demonstration" in cell["source"])
    submitted["cells"].append(copy.deepcopy(demonstration))
    submitted["cells"].append(copy.deepcopy(submitted["cells"][0]))
    intake = taken(submitted, skeleton)
    assert sources(intake.notebook).count(demonstration["source"]) == 2
    assert sources(intake.notebook).count(submitted["cells"][0]["source"]) == 2
    assert run(intake.notebook) == ALL_RIGHT


def test_changes_to_demonstrations_stay(filled: Filled, skeleton: Skeleton) -> None:
    submitted = filled()
    setup = submitted["cells"][1]
    setup["source"] += "\nimport cmath"
    assert "import cmath" in "".join(sources(taken(submitted, skeleton).notebook))


def test_an_emptied_setup_cell_is_restored(filled: Filled, skeleton: Skeleton) -> None:
    submitted = filled()
    submitted["cells"][1]["source"] = " \n"
    assert "import math" in taken(submitted, skeleton).notebook.cells[1].source


def test_windows_line_ends_and_source_lists(filled: Filled, skeleton: Skeleton, run: Runner) -> None:
    submitted = filled()
    for cell in submitted["cells"]:
        cell["source"] = [line + "\r\n" for line in cell["source"].split("\n")]
    intake = taken(submitted, skeleton)
    assert intake.notes == ()
    assert run(intake.notebook) == ALL_RIGHT


def test_an_untouched_stub_with_windows_line_ends_is_untouched(
    blank: dict[str, Any], filled: Filled, skeleton: Skeleton, run: Runner
) -> None:
    submitted = filled()
    stub = cell_of(blank, "double")["source"].replace("\n", "\r\n") + "  "
    at = index_of(submitted, "double")
    submitted["cells"].insert(at + 1, copy.deepcopy(submitted["cells"][at]) | {"id": "c", "source": stub})
    assert run(taken(submitted, skeleton).notebook) == ALL_RIGHT


def test_format_3(filled: Filled, skeleton: Skeleton, run: Runner) -> None:
    submitted = filled()
    cells = [
        {
            "cell_type": cell["cell_type"],
            "metadata": cell["metadata"],
            "source": cell["source"],
            "input": cell["source"],
        }
        for cell in submitted["cells"]
    ]
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}
    assert run(taken(old, skeleton).notebook) == ALL_RIGHT


def test_the_notebook_of_another_lesson_is_malformed(filled: Filled, skeleton: Skeleton) -> None:
    submitted = filled()
    submitted["metadata"]["course"]["lesson"] = "01_environment"
    assert take_in(as_bytes(submitted), skeleton).malformed == "", "its cells tell that only the metadata is wrong"
    submitted["cells"] = [code_cell("x = 1")]
    assert "lesson 01_environment" in take_in(as_bytes(submitted), skeleton).malformed


def test_a_notebook_without_cells_has_no_answers(skeleton: Skeleton, run: Runner) -> None:
    intake = take_in(b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', skeleton)
    assert not intake.malformed
    assert sum(note.startswith("No cell answers") for note in intake.notes) == 3
    assert set(run(intake.notebook).values()) == {"NotImplementedError"}


def test_a_malformed_file_becomes_a_blank_release(skeleton: Skeleton) -> None:
    intake = take_in(b"{nope", skeleton)
    assert "not valid JSON" in intake.malformed
    assert sources(intake.notebook) == sources(skeleton.notebook)


def test_a_fault_of_the_intake_is_told_and_not_raised(
    filled: Filled, skeleton: Skeleton, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise ZeroDivisionError("by design")

    monkeypatch.setattr("autograder.classroom.intake.repair", fail)
    intake = take_in(as_bytes(filled()), skeleton)
    assert intake.failure == "ZeroDivisionError while reading the submission: by design"
    assert sources(intake.notebook) == sources(skeleton.notebook)


@pytest.fixture
def renewed(tmp_path: Path, content: Any) -> Skeleton:
    """The skeleton of a later release: other prose, another demonstration, an exercise with another docstring."""
    cells = [
        type(cell)(
            cell.kind,
            cell.source.replace("a demonstration", "a new demonstration")
            .replace("## First", "## The first")
            .replace("Do it.", "Do it well."),
            cell.tags,
        )
        for cell in CELLS
    ]
    made = write_content(tmp_path, cells)
    return read_skeleton(made.release(TINY), (content.release(TINY),))


def test_an_older_release_is_graded_as_the_current_one(filled: Filled, renewed: Skeleton, run: Runner) -> None:
    intake = taken(filled(), renewed)
    assert "made from another release" in said(intake)
    text = "\n".join(sources(intake.notebook))
    assert "a new demonstration" in text
    assert "a demonstration" not in text
    assert "2 cell(s) that only the older release has were left out." in intake.notes
    assert run(intake.notebook) == ALL_RIGHT


def test_the_stub_of_an_older_release_is_untouched_too(blank: dict[str, Any], renewed: Skeleton, run: Runner) -> None:
    assert set(run(taken(blank, renewed).notebook).values()) == {"NotImplementedError"}


def test_an_unknown_older_release_keeps_its_cells(filled: Filled, renewed: Skeleton, run: Runner) -> None:
    unknowing = Skeleton(renewed.notebook, renewed.exercises, frozenset(), frozenset())
    intake = taken(filled(), unknowing)
    assert "a demonstration" in "\n".join(sources(intake.notebook))
    assert run(intake.notebook) == ALL_RIGHT


def test_longest_rising() -> None:
    assert _longest_rising([]) == []
    assert _longest_rising([3]) == [3]
    assert _longest_rising([0, 8, 1, 2, 9, 3]) == [0, 1, 2, 3]
    assert len(_longest_rising([5, 4, 3])) == 1


def test_intake_is_idempotent(filled: Filled, skeleton: Skeleton) -> None:
    submitted = stripped(filled(), ids=True)
    submitted["cells"].insert(3, code_cell("mine = 1"))
    once = taken(submitted, skeleton).notebook
    again = taken(json.loads(nbformat.writes(once)), skeleton)
    assert again.notes == ()
    assert sources(again.notebook) == sources(once)
