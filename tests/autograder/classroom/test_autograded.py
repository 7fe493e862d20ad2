from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.classroom.autograded import Shelf, at_work, notebook_text
from autograder.classroom.folder import Classroom, Content
from autograder.classroom.records import VERDICTS, Record, read_record
from autograder.errors import AutograderError
from course.checking.verdict import Verdict

RECORD = Record("alice", "90_tiny", (Verdict("double", 2.0, 2.0, "pass", "Right."),), ("A note.",), "b", ("x",), "k")

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
VALUES = st.one_of(TEXT, st.integers(), st.booleans(), st.none(), st.lists(TEXT, max_size=3))
#: Under names to which nbformat gives no meaning, or it would refuse what stands there (``"name": None``).
METADATA = st.dictionaries(TEXT.map("x{}".format), VALUES)
OUTPUTS = st.one_of(
    st.builds(lambda text: nbformat.v4.new_output("stream", text=text), TEXT),
    st.builds(
        lambda text, html, data: nbformat.v4.new_output(
            "display_data", data={"text/plain": text, "text/html": html, "application/json": data, "image/png": "aGk="}
        ),
        TEXT, TEXT, METADATA,
    ),
    st.builds(
        lambda text, count: nbformat.v4.new_output("execute_result", data={"text/plain": text}, execution_count=count),
        TEXT, st.integers(0, 9),
    ),
    st.builds(lambda name: nbformat.v4.new_output("error", ename=name, evalue=name, traceback=[name, "x\ny"]), TEXT),
)  # fmt: skip
ATTACHED = {"a.png": {"image/png": "x"}, "b": {"text/plain": "x\ny"}}
CELLS = st.one_of(
    st.builds(nbformat.v4.new_markdown_cell, TEXT, metadata=METADATA, attachments=st.just(ATTACHED)),
    st.builds(nbformat.v4.new_raw_cell, TEXT),
    st.builds(nbformat.v4.new_code_cell, TEXT, outputs=st.lists(OUTPUTS, max_size=3), execution_count=st.none()),
)


@given(st.lists(CELLS, max_size=4), METADATA)
@settings(max_examples=200, deadline=None)
def test_a_notebook_is_written_as_nbformat_writes_it(cells: list[Any], metadata: dict[str, Any]) -> None:
    for index, cell in enumerate(cells):
        cell["id"] = f"c{index}"
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"signature": "left out", **metadata})
    assert notebook_text(notebook) == nbformat.writes(notebook, version=nbformat.NO_CONVERT) + "\n"


def test_a_real_lesson_is_written_as_nbformat_writes_it() -> None:
    for lesson in Content().lessons():
        notebook = nbformat.read(Content().solution(lesson), as_version=4)
        assert notebook_text(notebook) == nbformat.writes(notebook, version=nbformat.NO_CONVERT) + "\n"


@pytest.fixture
def room(tmp_path: Path) -> Classroom:
    (tmp_path / "classroom").mkdir()
    return Classroom(tmp_path / "classroom")


def notebook(text: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text, id="a")])


def test_a_folder_is_replaced_as_a_whole(room: Classroom, tmp_path: Path) -> None:
    data = tmp_path / "data.txt"
    data.write_text("seventy-one")
    with at_work(room) as work:
        shelf = Shelf(room, work)
        shelf.put(RECORD, notebook("one"), "2026-01-01 00:00:00 UTC\n", {"deep/data.txt": data})
        folder = room.autograded("alice", "90_tiny")
        assert (folder / "deep" / "data.txt").read_text() == "seventy-one"
        shelf.put(RECORD, notebook("two"), None, {})
        assert {path.name for path in folder.iterdir()} == {"90_tiny.ipynb", VERDICTS}
        assert "two" in (folder / "90_tiny.ipynb").read_text()
        assert read_record(folder / VERDICTS) == RECORD
        assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o444}
        assert [path.name for path in work.iterdir()] == ["lock"], "nothing is left over"


def test_a_group_that_shares_the_course_may_write(room: Classroom) -> None:
    with at_work(room) as work:
        Shelf(room, work, 0o664, group=True).put(RECORD, notebook("one"), None, {})
    folder = room.autograded("alice", "90_tiny")
    assert stat.S_IMODE(folder.stat().st_mode) & 0o2770 == 0o2770
    assert stat.S_IMODE((folder / VERDICTS).stat().st_mode) == 0o664


def test_a_failure_while_writing_leaves_the_folder_as_it_was(room: Classroom, tmp_path: Path) -> None:
    with at_work(room) as work:
        shelf = Shelf(room, work)
        shelf.put(RECORD, notebook("one"), None, {})
        with pytest.raises(FileNotFoundError):
            shelf.put(RECORD, notebook("two"), None, {"x": tmp_path / "not there"})
    assert "one" in (room.autograded("alice", "90_tiny") / "90_tiny.ipynb").read_text()
    assert [path.name for path in (room.root / ".grading").iterdir()] == ["lock"], "what was half done is swept away"


def test_two_runs_do_not_grade_in_one_classroom(room: Classroom) -> None:
    with at_work(room), pytest.raises(AutograderError, match="Another `autograder grade` is at work"), at_work(room):
        pass
    with at_work(room):
        pass


def test_a_file_with_no_right_to_write_is_replaced_all_the_same(room: Classroom) -> None:
    with at_work(room) as work:
        shelf = Shelf(room, work, 0o400)
        shelf.put(RECORD, notebook("one"), None, {})
        shelf.put(RECORD, notebook("two"), None, {})
        assert os.listdir(work) == ["lock"]
    text = (room.autograded("alice", "90_tiny") / "90_tiny.ipynb").read_text()
    assert json.loads(text)["cells"][0]["source"] == ["two"]
