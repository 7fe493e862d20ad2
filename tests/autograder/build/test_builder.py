"""Building, checking and absorbing a lesson in a repository of its own."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from autograder import places
from autograder.build import builder
from autograder.build.execute import clean
from autograder.build.source import format_text
from autograder.contract import ContractError

CONTRACT = '''"""The contract of the tiny lesson."""
from autograder.contract import Alternative, Exercise, Lesson, Misconception, call, case
HINTS = ("a", "b", "c")
{body}
LESSON = tiny_lesson()
'''


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tiny_text: str, tiny_contract: str) -> Path:
    """A repository that holds the tiny lesson alone."""
    for module in (places, builder):
        monkeypatch.setattr(module, "ROOT", tmp_path)
        monkeypatch.setattr(module, "SOLUTIONS", tmp_path / "solutions")
        monkeypatch.setattr(module, "COURSE", tmp_path / "course")
    folder = tmp_path / "solutions" / "99_tiny"
    folder.mkdir(parents=True)
    (folder / "lesson.py").write_text(format_text(tiny_text))
    (folder / "exercises.py").write_text(CONTRACT.format(body=tiny_contract))
    return tmp_path


def everything(root: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.suffix in (".json", ".ipynb")
    }


def quiet(text: str) -> None:
    """Say nothing."""


def test_two_builds_give_the_same_bytes_and_a_third_changes_nothing(repository: Path) -> None:
    assert builder.build("99_tiny", quiet)
    first = everything(repository)
    assert set(first) == {
        "course/99_tiny/99_tiny.ipynb", "course/99_tiny/key/tiny_batches.json", "course/99_tiny/key/tiny_softmax.json",
        "solutions/99_tiny/99_tiny.ipynb", "solutions/99_tiny/key/tiny_batches.json",
        "solutions/99_tiny/key/tiny_softmax.json",
    }  # fmt: skip
    assert builder.build("99_tiny", quiet) == []
    assert builder.check("99_tiny", quiet) == []
    for name in first:
        (repository / name).unlink()
    builder.build("99_tiny", quiet)
    assert everything(repository) == first


def test_a_check_names_every_file_that_differs(repository: Path) -> None:
    builder.build("99_tiny", quiet)
    key = repository / "course" / "99_tiny" / "key" / "tiny_softmax.json"
    key.write_text(key.read_text().replace('"points": 2', '"points": 20'))
    (key.parent / "forgotten.json").write_text("{}")
    found = "\n".join(builder.check("99_tiny", quiet))
    assert "key/tiny_softmax.json: differs" in found
    assert "forgotten.json: no exercise has this key" in found
    source = repository / "solutions" / "99_tiny" / "lesson.py"
    builder.build("99_tiny", quiet)
    source.write_text(source.read_text().replace("A tiny lesson", "A small lesson"))
    found = "\n".join(builder.check("99_tiny", quiet))
    assert "course/99_tiny/99_tiny.ipynb: differs" in found


def test_an_edited_solution_notebook_is_absorbed_with_nothing_lost(repository: Path) -> None:
    builder.build("99_tiny", quiet)
    source = repository / "solutions" / "99_tiny" / "lesson.py"
    before = source.read_text()
    assert builder.absorb("99_tiny") is False
    assert source.read_text() == before
    path = repository / "solutions" / "99_tiny" / "99_tiny.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source += "\n\nOne more line, with $x_i$ and a `code` word."
    notebook.cells.append(nbformat.v4.new_code_cell("extra = [1, 2]\nextra"))
    nbformat.write(notebook, path)
    assert builder.absorb("99_tiny") is True
    assert "# One more line, with $x_i$" in source.read_text()
    assert "extra = [1, 2]" in source.read_text()
    builder.build("99_tiny", quiet)
    assert builder.absorb("99_tiny") is False


def test_a_solution_notebook_that_raises_or_writes_to_stderr_is_not_built(repository: Path) -> None:
    source = repository / "solutions" / "99_tiny" / "lesson.py"
    good = source.read_text()
    source.write_text(format_text(good + '\n# %%\nraise ValueError("on purpose")\n'))
    with pytest.raises(ContractError, match="on purpose"):
        builder.build("99_tiny", quiet)
    source.write_text(format_text(good + '\n# %%\nimport sys\n\nprint("loud", file=sys.stderr)\n'))
    with pytest.raises(ContractError, match="writes to stderr"):
        builder.build("99_tiny", quiet)


def test_what_a_volatile_cell_shows_is_kept_and_not_compared(repository: Path) -> None:
    source = repository / "solutions" / "99_tiny" / "lesson.py"
    good = source.read_text()
    path = repository / "solutions" / "99_tiny" / "99_tiny.ipynb"
    printed = 'import time\n\nprint("took", time.time_ns() % 10**9, "ms")\n'
    source.write_text(format_text(good + "\n# %% volatile=true\n" + printed))
    builder.build("99_tiny", quiet)
    before = path.read_bytes()
    assert b"nbval-ignore-output" in before
    assert "nbval-ignore-output" not in builder.release_path("99_tiny").read_text()
    assert builder.build("99_tiny", quiet) == []
    assert builder.check("99_tiny", quiet) == []
    assert path.read_bytes() == before
    assert builder.absorb("99_tiny") is False
    # What the tag does not cover is compared: the same cell without it, and the source of a cell with it.
    source.write_text(format_text(source.read_text().replace("% 10**9", "% 10**8")))
    assert any("99_tiny.ipynb: differs" in line for line in builder.check("99_tiny", quiet))
    source.write_text(format_text(good + "\n# %%\n" + printed))
    with pytest.raises(ContractError, match="timing"):
        builder.build("99_tiny", quiet)


def shown(root: Path) -> dict[str, list[nbformat.NotebookNode]]:
    notebook = nbformat.read(root / "solutions" / "99_tiny" / "99_tiny.ipynb", as_version=4)
    return {cell.id: cell.outputs for cell in notebook.cells if cell.cell_type == "code"}


@pytest.fixture
def printing(repository: Path) -> Path:
    """The repository with a cell that prints, built."""
    source = repository / "solutions" / "99_tiny" / "lesson.py"
    source.write_text(format_text(source.read_text() + '\n# %%\nprint("printed")\n'))
    builder.build("99_tiny", quiet)
    return repository


def test_a_check_that_runs_nothing_sees_all_but_what_was_shown(printing: Path) -> None:
    path = printing / "solutions" / "99_tiny" / "99_tiny.ipynb"
    notebook = nbformat.read(path, as_version=4)
    (cell,) = (cell for cell in notebook.cells if cell.get("outputs") and cell.outputs[0].output_type == "stream")
    cell.outputs[0]["text"] = "something else"
    nbformat.write(notebook, path)
    assert builder.check("99_tiny", quiet, run=False) == []
    assert builder.check("99_tiny", quiet) != []
    cell["source"] += "  # edited in the notebook alone"
    nbformat.write(notebook, path)
    (difference,) = builder.check("99_tiny", quiet, run=False)
    assert "99_tiny.ipynb" in difference
    path.unlink()
    (difference,) = builder.check("99_tiny", quiet, run=False)
    assert "not built yet" in difference


def test_outputs_of_another_run_are_compared_to_the_byte(printing: Path) -> None:
    assert builder.outputs_differ("99_tiny", shown(printing)) == ""
    for kind, text in (("image/svg+xml", "<svg></svg>"), ("text/plain", "'other'")):
        outputs = shown(printing)
        place = next(name for name, found in outputs.items() if not found)
        outputs[place] = [nbformat.v4.new_output("display_data", {kind: text})]
        assert kind in builder.outputs_differ("99_tiny", outputs)
    outputs = shown(printing)
    place = next(name for name, found in outputs.items() if found and found[0].output_type == "stream")
    # a kernel may send what is printed in several pieces
    outputs[place] = [nbformat.v4.new_output("stream", text=text) for text in ("prin", "ted\n")]
    assert builder.outputs_differ("99_tiny", outputs) == ""
    outputs[place] = []
    assert builder.outputs_differ("99_tiny", outputs) != ""


def test_a_graded_cell_cannot_be_volatile(repository: Path) -> None:
    source = repository / "solutions" / "99_tiny" / "lesson.py"
    good = source.read_text()
    for tag in ('exercise="tiny_softmax"', 'check="tiny_softmax"'):
        source.write_text(format_text(good.replace(tag, f"{tag} volatile=true")))
        with pytest.raises(ContractError, match="may be volatile"):
            builder.build("99_tiny", quiet)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<object at 0x7f00aa11bb22>", "memory address"),
        ("/home/me/file", "path of this machine"),
        ("took 12.5 ms", "timing"),
        ("100 it/s", "timing"),
    ],
)
def test_output_that_differs_from_run_to_run_is_refused(text: str, what: str) -> None:
    cell = nbformat.v4.new_code_cell("x", outputs=[nbformat.v4.new_output("stream", text=text)])
    with pytest.raises(ContractError, match=what):
        clean(nbformat.v4.new_notebook(cells=[cell]), "99_tiny")


def test_a_contract_that_is_missing_broken_or_someone_elses_says_so(repository: Path) -> None:
    contract = repository / "solutions" / "99_tiny" / "exercises.py"
    good = contract.read_text()
    for text, says in (
        ("LESSON = 1\n", "must define LESSON"),
        ("import nothing_of_that_name\n", "cannot be imported: ModuleNotFoundError"),
        (good.replace("99_tiny", "98_other"), "declares the lesson '98_other'"),
    ):
        contract.write_text(text)
        with pytest.raises(ContractError, match=says):
            places.load_contract("99_tiny")
    contract.unlink()
    with pytest.raises(ContractError, match="is missing"):
        places.load_contract("99_tiny")
