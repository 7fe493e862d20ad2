"""Stock nbgrader 0.9.6 on the same submissions: an ordinary assignment with hidden tests in its test cells.

The attacked lesson's cells, ids and points are the same; only the test cells differ: instead of a call of `check` they
hold ordinary assertions, half of them between nbgrader's markers for hidden tests. Nothing of ours is configured.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat

from autograder.build.notebook import check_id, expand
from autograder.build.release import notebook_text
from autograder.sandbox import remove_tree
from tests.attacks.attack import BREACH, Attack, Drill, Paths
from tests.attacks.lesson import (
    ANSWERS,
    CELLS,
    HIDDEN_NUMBER,
    HIDDEN_RESULT,
    HIDDEN_TEXT,
    LESSON,
    NAME,
    POINTS,
    RIGHT,
)
from tests.attacks.world import ENVIRONMENT, SECRETS, furnish, planted, read_blank

_PATIENCE = 90

_TESTS = {
    "row_softmax": f"""\
from numpy.testing import assert_allclose
rows = torch.tensor([[0.0, 1.0, 2.0], [3.0, 1.0, 1.0]])
assert_allclose(row_softmax(rows).numpy(), torch.softmax(rows, -1).numpy(), rtol=1e-4)
### BEGIN HIDDEN TESTS
for rows in (torch.tensor([[1000.0, 1001.0]]), torch.tensor([[{HIDDEN_NUMBER}, {HIDDEN_NUMBER - 1}]])):
    assert_allclose(row_softmax(rows).numpy(), torch.softmax(rows, -1).numpy(), rtol=1e-4)
### END HIDDEN TESTS""",
    "fingerprint": f"""\
assert fingerprint("abc") == 590
### BEGIN HIDDEN TESTS
assert fingerprint("{HIDDEN_TEXT}" * 40) == {HIDDEN_RESULT}
### END HIDDEN TESTS
assert fingerprint("") == 0""",
    "mean_of": f"""\
assert abs(mean_of([1.0, 2.0]) - 1.5) < 1e-6
### BEGIN HIDDEN TESTS
assert abs(mean_of([1.0, 5.0, 9.0, {HIDDEN_NUMBER}]) - {(15 + HIDDEN_NUMBER) / 4}) < 1e-3
### END HIDDEN TESTS""",
    "Scaler": """\
layer = Scaler(3)
layer.load_state_dict({"weight": torch.tensor([1.0, 2.0, 3.0])})
assert torch.allclose(layer(torch.ones(2, 3)), torch.tensor([[1.0, 2.0, 3.0]] * 2))
### BEGIN HIDDEN TESTS
assert torch.allclose(Scaler(4)(torch.arange(8.0)[:4]), torch.arange(4.0))
### END HIDDEN TESTS""",
}
_CONFIG = """\
c = get_config()
c.CourseDirectory.course_id = "stock"
c.Execute.timeout = 10
"""


def outcomes(attacks: Sequence[Attack | Drill]) -> dict[str, str]:
    """``{attack: what stock nbgrader made of it}``, in a few words; honest work beside it is not looked at."""
    workers = os.cpu_count() or 1
    with tempfile.TemporaryDirectory(prefix="stock-") as folder, ThreadPoolExecutor(workers) as pool:
        released = Path(folder) / "released"
        _release(released)
        paths = furnish(Path(folder) / "world")
        blank = read_blank(released / "release" / NAME / f"{NAME}.ipynb")
        # A course of its own each, since one that breaks the gradebook is to be seen in its own row only.
        before = planted(Path.cwd())
        futures = {attack.name: pool.submit(_tried, attack, released, paths, blank) for attack in attacks}
        try:
            return {name: future.result() for name, future in futures.items()}
        finally:
            # What attacks have planted here would else be held against the engine, which comes next.
            for path in set(planted(Path.cwd())) - set(before):
                Path(path).unlink(missing_ok=True)


def _tried(attack: Attack | Drill, released: Path, paths: Paths, blank: Mapping[str, Any]) -> str:
    if isinstance(attack, Drill) or attack.stock:
        return attack.stock or "–"
    course = released.with_name(f"course-{attack.name}")
    shutil.copytree(released, course)
    target = course / "submitted" / attack.name / NAME / f"{NAME}.ipynb"
    target.parent.mkdir(parents=True)
    target.write_bytes(attack.submission(blank, paths))
    how = _nbgrader(course, "autograde", NAME, "--student", attack.name, "--create")
    fair = sum(POINTS[name] for name, answer in ANSWERS[attack.answer].items() if answer == RIGHT[name])
    try:
        return _outcome(course, attack.name, how, fair)
    finally:
        remove_tree(course)  # which may be deeper than shutil.rmtree can go


def _release(course: Path) -> None:
    solution = expand(CELLS, LESSON)
    for exercise, tests in _TESTS.items():
        next(cell for cell in solution.cells if cell.id == check_id(exercise)).source = tests
    source = course / "source" / NAME / f"{NAME}.ipynb"
    source.parent.mkdir(parents=True)
    source.write_text(notebook_text(solution), encoding="utf-8")
    (course / "nbgrader_config.py").write_text(_CONFIG)
    made = _nbgrader(course, "generate_assignment", NAME)
    if made != "done":
        raise RuntimeError(f"stock nbgrader could not make the assignment: {made}")


def _nbgrader(course: Path, *arguments: str) -> str:
    """Run nbgrader; ``"done"``, ``"failed"`` or ``"hung"``. Whatever it started ends with it."""
    binaries = Path(sys.executable).parent
    environment = {
        **os.environ,
        "PATH": f"{binaries}{os.pathsep}/usr/bin:/bin",
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
        # Nothing seals these: one attack takes all rights from its HOME and from what lies above that.
        "HOME": str(_made(course / "above" / "home")),
        "TMPDIR": str(_made(course / "tmp")),
        "IPYTHONDIR": str(course / ".ipython"),
        "OMP_NUM_THREADS": "1",
        ENVIRONMENT: SECRETS["the environment of the grader"],
    }
    process = subprocess.Popen(
        [str(binaries / "nbgrader"), *arguments], cwd=course, env=environment, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        return "done" if process.wait(_PATIENCE) == 0 else "failed"
    except subprocess.TimeoutExpired:
        return "hung"
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _outcome(course: Path, student: str, how: str, fair: float) -> str:
    from nbgrader.api import Gradebook, MissingEntry

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        try:
            submission = gradebook.find_submission(NAME, student)
            grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
            missing = [grade for grade in grades if grade.auto_score is None]
            score = f"{sum(grade.auto_score or 0.0 for grade in grades):g} points, {fair:g} earned"
            told = score if not missing and grades else "no grade"
        except MissingEntry:
            told = "no grade"
    got = _got(course / "autograded" / student / NAME / f"{NAME}.ipynb")
    return ", ".join([told, *([f"run {how}"] if how != "done" else []), *got[:1]])


def _got(path: Path) -> list[str]:
    """What the submission's own cells have got at; hidden tests stand in the notebook anyway."""
    if not path.is_file():
        return []
    checks = {check_id(exercise) for exercise in _TESTS}
    notebook = nbformat.read(path, as_version=4)
    printed = "\n".join(
        str(output.get("text", output.get("data", output.get("evalue", ""))))
        for cell in notebook.cells
        if cell.get("id") not in checks
        for output in cell.get("outputs", [])
    )
    shown = [f"shows {what}" for what, text in SECRETS.items() if text in printed]
    through = [line.removeprefix(BREACH + ": ") for line in printed.splitlines() if line.startswith(BREACH)]
    return shown + through
