"""What a learner sees when calling check and hint, in a real IPython shell where it matters."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from IPython.core.interactiveshell import InteractiveShell

from course import check, hint
from course.checking import key as key_module
from course.checking.key import Key
from course.checking.names import answer_name_errors, checked_name
from course.progress import Progress


@pytest.fixture
def released(tiny_keys: dict[str, Key], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workspace: Path) -> Path:
    """A course folder in which only the tiny lesson is released."""
    folder = tmp_path / "course"
    (folder / "99_tiny" / "key").mkdir(parents=True)
    (folder / "checking").mkdir()
    for name, key in tiny_keys.items():
        (folder / "99_tiny" / "key" / f"{name}.json").write_text(key.visible().to_text(), encoding="utf-8")
    monkeypatch.setattr(key_module, "__file__", str(folder / "checking" / "key.py"))
    monkeypatch.delenv("COURSE_JUDGE", raising=False)
    return folder


def softmax(x: torch.Tensor, dim: int = -1) -> torch.Tensor:
    return (x - torch.logsumexp(x, dim=dim, keepdim=True)).exp()


def test_a_check_reads_as_a_number_and_shows_as_a_card(released: Path) -> None:
    verdict = check("tiny_softmax", softmax)
    assert repr(verdict) == "2.0"
    card = verdict._repr_html_()
    assert "2 of 2 points" in card
    assert "<script" not in card
    assert "Right" in str(verdict)


def test_a_wrong_tensor_is_drawn_beside_the_expected_one(released: Path) -> None:
    card = check("tiny_softmax", lambda x, dim=-1: softmax(x, dim) ** 2)._repr_html_()
    assert "<svg" in card


def test_what_a_learner_wrote_cannot_break_the_card(released: Path) -> None:
    def rude(x: torch.Tensor, dim: int = -1) -> torch.Tensor:
        raise ValueError("<script>alert(1)</script>")

    card = check("tiny_softmax", rude)._repr_html_()
    assert "<script>" not in card
    assert "&lt;script&gt;" in card


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("tiny_softmx", softmax), "Did you mean “tiny_softmax”"),
        ((softmax, softmax), "in quotation marks"),
        (("tiny_softmax",), "needs your answer too"),
        (("../../key", softmax), "no exercise named"),
    ],
)
def test_a_check_called_wrongly_says_how_to_call_it(released: Path, arguments: tuple[object, ...], says: str) -> None:
    verdict = check(*arguments)  # type: ignore[arg-type]
    assert says in verdict.message
    assert float(verdict) == 0


def test_attempts_are_remembered_and_the_best_counts(released: Path) -> None:
    check("tiny_softmax", lambda x, dim=-1: x)
    check("tiny_softmax", softmax)
    check("tiny_softmax", lambda x, dim=-1: x)
    entry = Progress().read()["tiny_softmax"]
    assert (entry["attempts"], entry["points"], entry["status"]) == (3, 2, "pass")


def test_hints_come_one_a_call_and_then_all(released: Path) -> None:
    texts = [repr(hint("tiny_softmax")) for _ in range(4)]
    assert texts[0].startswith("Hint 1 of 3")
    assert texts[1].startswith("Hint 2 of 3")
    assert texts[2].startswith("Hint 3 of 3")
    assert "Hint 2" not in texts[2]
    assert texts[3].count("Hint") == 3
    assert Progress().read()["tiny_softmax"]["hints"] == 3
    assert float(check("tiny_softmax", softmax)) == 2.0


def test_a_hint_for_an_unknown_exercise_says_so(released: Path) -> None:
    assert "Did you mean" in repr(hint("tiny_softma")) or "Did you mean" in str(hint("tiny_softma"))


def test_a_folder_that_cannot_be_written_to_stops_no_check(
    released: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("LLM_FROM_ZERO_WORKSPACE", str(tmp_path / "file" / "below"))
    assert float(check("tiny_softmax", softmax)) == 2.0


def test_only_the_name_that_a_check_asks_for_is_answered() -> None:
    cell = 'check("tiny_softmax", tiny_softmax)'
    assert checked_name(cell, "tiny_softmax") == "tiny_softmax"
    assert checked_name(cell, "check") is None
    assert checked_name("print(tiny_softmax)", "tiny_softmax") is None
    assert checked_name("def (", "x") is None


@pytest.fixture
def shell() -> Iterator[InteractiveShell]:
    own = InteractiveShell()
    answer_name_errors(own)
    yield own
    own.history_manager.end_session() if own.history_manager else None


def test_a_name_that_is_not_defined_yet_gets_a_card_and_no_traceback(
    released: Path, shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    shell.run_cell("from course import check")
    result = shell.run_cell('check("tiny_softmax", tiny_softmax)', store_history=True)
    out = capsys.readouterr().out
    assert "0.0" in out
    assert "Traceback" not in out
    assert isinstance(result.error_in_exec, NameError)
    shell.run_cell("print(nothing_of_ours)")
    assert "nothing_of_ours" in capsys.readouterr().out


def test_importing_the_course_is_quick_and_loads_nothing_heavy() -> None:
    code = (
        "import sys, time; t = time.perf_counter(); import course; spent = time.perf_counter() - t;"
        "heavy = {'torch', 'numpy', 'transformers', 'datasets', 'matplotlib', 'IPython'} & set(sys.modules);"
        "assert not heavy, heavy; from course import check, hint; assert 'torch' not in sys.modules; print(spent)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(out.stdout) > 0


def test_a_course_without_the_rest_of_the_checkout_still_checks(tmp_path: Path, workspace: Path) -> None:
    """A student may have the course folder alone."""
    root = Path(key_module.__file__).resolve().parents[2]
    shutil.copytree(root / "course", tmp_path / "alone" / "course", ignore=shutil.ignore_patterns("__pycache__"))
    code = "from course import check; print(check('nothing', len).message)"
    out = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path / "alone", env={"PYTHONPATH": str(tmp_path / "alone")},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "no exercise named" in out.stdout
