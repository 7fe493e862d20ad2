from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.build.source import VOLATILE, SourceCell
from autograder.build.stable import NOT_COMPARED
from autograder.classroom.folder import Classroom, Content
from autograder.classroom.release import release
from autograder.errors import AutograderError
from tests.autograder.classroom.tiny import CELLS, TINY, write_content


def test_the_release_is_the_repositorys_and_in_the_gradebook(classroom: Classroom, content: Content) -> None:
    assert classroom.release(TINY).read_bytes() == content.release(TINY).read_bytes()
    with classroom.gradebook() as gradebook:
        notebook = gradebook.find_notebook(TINY, TINY)
        assert {cell.name: cell.max_score for cell in notebook.grade_cells} == {
            "check-double": 2.0,
            "check-mean": 3.0,
            "check-quadruple": 1.0,
        }
        assert {cell.name for cell in notebook.solution_cells} == {"double", "mean", "quadruple"}


def test_nothing_hidden_is_in_what_is_handed_out(classroom: Classroom) -> None:
    files = [path for path in (classroom.root / "release").rglob("*") if path.is_file()]
    assert [path.name for path in files] == [f"{TINY}.ipynb"]
    text = files[0].read_text(encoding="utf-8")
    assert "71077345" not in text
    assert "fsum" not in text


def test_releasing_again_is_quiet_and_the_classroom_is_private(classroom: Classroom, content: Content) -> None:
    before = classroom.config_file.read_text(encoding="utf-8")
    assert release(classroom, "90", content) == classroom.release(TINY)
    assert classroom.config_file.read_text(encoding="utf-8") == before
    assert classroom.root.stat().st_mode & 0o077 == 0


def test_a_new_release_is_kept_beside_the_old_one(classroom: Classroom, tmp_path: Path) -> None:
    renewed = write_content(tmp_path / "newer", [*CELLS, SourceCell("markdown", "More.")])
    release(classroom, TINY, renewed)
    assert len(list(classroom.older_releases(TINY).glob("*.ipynb"))) == 2


def test_a_find_the_bug_stub_is_released_as_the_build_does(tmp_path: Path) -> None:
    cells = list(CELLS)
    source = cells[3].source + "\n    ### BEGIN STUB\n    # return 3 * x\n    ### END STUB"
    cells[3] = SourceCell("code", source, cells[3].tags)
    content = write_content(tmp_path / "content", cells)
    made = release(Classroom(tmp_path / "room"), TINY, content)
    assert "return 3 * x" in made.read_text(encoding="utf-8")
    assert "STUB" not in made.read_text(encoding="utf-8")


def test_a_cell_whose_output_is_not_compared_is_released_as_the_build_does(tmp_path: Path) -> None:
    cells = [*CELLS, SourceCell("code", "print(1)", {VOLATILE: True})]
    content = write_content(tmp_path / "content", cells)
    assert NOT_COMPARED in content.solution(TINY).read_text(encoding="utf-8")
    made = release(Classroom(tmp_path / "room"), TINY, content)
    assert made.read_bytes() == content.release(TINY).read_bytes()
    assert NOT_COMPARED not in made.read_text(encoding="utf-8")


def test_a_release_that_differs_from_the_repositorys_is_refused(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content", CELLS)
    data = json.loads(content.release(TINY).read_text(encoding="utf-8"))
    data["cells"][-1]["source"] = ["Another end."]
    content.release(TINY).write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(AutograderError, match=r"differs .* cell 15 .* in source"):
        release(Classroom(tmp_path / "room"), TINY, content)


def test_an_unknown_lesson_and_missing_keys_are_said(tmp_path: Path) -> None:
    with pytest.raises(AutograderError, match="None is built yet"):
        release(Classroom(tmp_path / "room"), "05", Content(tmp_path))
    content = write_content(tmp_path / "content", CELLS)
    with pytest.raises(AutograderError, match="The lessons are: 90_tiny"):
        release(Classroom(tmp_path / "room"), "05", content)
    for key in content.keys(TINY).glob("*.json"):
        key.unlink()
    with pytest.raises(AutograderError, match="no hidden keys"):
        release(Classroom(tmp_path / "room"), "90", content)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, content: Content) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AutograderError, match="choose another with --classroom"):
        release(Classroom(tmp_path / "file" / "room"), TINY, content)


def test_settings_of_ones_own_win(classroom: Classroom) -> None:
    (classroom.root / "nbgrader_local.py").write_text("c = get_config()\nc.JudgedExecute.timeout = 7\n")
    assert classroom.api().config.JudgedExecute.timeout == 7
    (classroom.root / "nbgrader_local.py").write_text("c.nonsense(\n")
    with pytest.raises(AutograderError, match=r"nbgrader_local\.py"):
        classroom.api()
