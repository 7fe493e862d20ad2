"""Whole submissions through the engine: each forks real children into the real sandbox."""

from __future__ import annotations

import json
import os
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.classroom.skeleton import read_skeleton
from autograder.engine import Engine, Job, Limits, Policy, Result
from autograder.engine.attempt import Attempt
from autograder.engine.grading import questions_json
from autograder.engine.model import release_sources
from autograder.sandbox.ending import children
from course.checking.key import Key
from tests.autograder.classroom.test_grade import Expected, _class
from tests.autograder.classroom.tiny import TINY, cell_of, code_cell, index_of
from tests.autograder.engine.conftest import Grade

Filled = Callable[..., dict[str, Any]]


def came(result: Result) -> dict[str, tuple[str, float]]:
    return {name: (verdict.status, verdict.points) for name, verdict in result.verdicts.items()}


FULL = {"double": ("pass", 2.0), "mean": ("pass", 3.0), "quadruple": ("pass", 1.0)}


def with_cells(notebook: dict[str, Any], *sources: str, before: str = "") -> dict[str, Any]:
    """A notebook with more cells of the learner's own, ``own-0``, ``own-1``, … at its end or before a cell."""
    place = index_of(notebook, before) if before else len(notebook["cells"])
    notebook["cells"][place:place] = [code_cell(source, f"own-{i}") for i, source in enumerate(sources)]
    return notebook


def outputs_of(result: Result, cell_id: str) -> list[dict[str, Any]]:
    return list(next(cell for cell in result.notebook.cells if cell.id == cell_id).outputs)


def text_of(result: Result, cell_id: str = "own-0") -> str:
    return "".join(output.get("text", "") for output in outputs_of(result, cell_id))


# The same as stock nbgrader with our judge


@pytest.fixture(scope="module")
def graded_class(engine: Engine, tiny_content: Any, hidden_keys: dict[str, Key]) -> dict[str, tuple[Expected, Result]]:
    """The class of the class loop's tests, for which stock nbgrader gives the expected points and statuses."""
    from autograder.classroom.intake import take_in
    from autograder.engine import job_of

    skeleton = read_skeleton(tiny_content.release(TINY))
    members = _class(json.loads(tiny_content.release(TINY).read_text(encoding="utf-8")))
    jobs = (job_of(name, take_in(one.data, skeleton), skeleton, hidden_keys) for name, one in members.items())
    return {result.student: (members[result.student], result) for result in engine.run(jobs)}


def test_the_whole_class_gets_what_stock_nbgrader_gives(graded_class: dict[str, tuple[Expected, Result]]) -> None:
    got = {
        name: (tuple(v.points for v in result.verdicts.values()), tuple(v.status for v in result.verdicts.values()))
        for name, (_, result) in graded_class.items()
    }
    assert len(got) >= 20
    assert got == {name: (one.points, one.statuses) for name, (one, _) in graded_class.items()}


def test_notes_and_reasons_are_there(graded_class: dict[str, tuple[Expected, Result]]) -> None:
    for one, result in graded_class.values():
        assert one.noted in " ".join(result.notes)
        assert bool(one.noted) == bool(result.notes)
        assert all(0 < len(verdict.message) < 600 for verdict in result.verdicts.values())


def test_notebooks_are_valid_and_show_the_cards(graded_class: dict[str, tuple[Expected, Result]]) -> None:
    for _, result in graded_class.values():
        nbformat.validate(result.notebook)
        for name, verdict in result.verdicts.items():
            (output,) = outputs_of(result, f"check-{name}")
            assert output["data"]["text/plain"] == repr(float(verdict.points))
            assert "text/html" in output["data"]


def test_no_hidden_value_and_no_path_is_in_what_a_student_gets(
    graded_class: dict[str, tuple[Expected, Result]],
) -> None:
    root = str(Path(__file__).resolve().parents[3])
    for _, result in graded_class.values():
        text = nbformat.writes(result.notebook) + json.dumps([v.to_json() for v in result.verdicts.values()])
        for secret in ("71077345", "142154690", root, "grading-"):
            assert secret not in text


def test_every_result_names_the_layers_of_the_sandbox(graded_class: dict[str, tuple[Expected, Result]]) -> None:
    layers = graded_class["perfect"][1].layers
    assert {"landlock", "seccomp", "no_new_privs", "limits"} <= set(layers)
    assert any(layer.startswith("user") for layer in layers)
    assert {"start", "seal", "cells", "observe", "judge", "child cpu", "total"} <= set(
        graded_class["perfect"][1].timings
    )


# How a kernel would show it


def test_outputs_are_those_of_a_kernel(grade: Grade, filled: Filled) -> None:
    result = grade(with_cells(
        filled(),
        "print('a')\nimport sys\nprint('b', file=sys.stderr)\n7",
        "from IPython.display import HTML, display\nh = display('x', display_id=True)\nh.update('y')\nHTML('<b>z</b>')",
        "1 / 0",
        "input('name? ')",
        "import sys\nsys.exit(3)",
        "_",
    ))  # fmt: skip
    assert came(result) == FULL
    out, err, value = outputs_of(result, "own-0")
    assert (out["text"], err["text"], value["data"]) == ("a\n", "b\n", {"text/plain": "7"})
    updated, html = outputs_of(result, "own-1")
    assert updated["data"]["text/plain"] == "'y'"
    assert html["data"]["text/html"] == "<b>z</b>"
    (error,) = outputs_of(result, "own-2")
    assert (error["ename"], error["evalue"]) == ("ZeroDivisionError", "division by zero")
    assert any("1 / 0" in line for line in error["traceback"])
    assert outputs_of(result, "own-3")[0]["ename"] == "StdinNotImplementedError"
    assert outputs_of(result, "own-4")[0]["ename"] == "SystemExit"
    cells = {cell.id: cell for cell in result.notebook.cells if cell.cell_type == "code"}
    assert value["execution_count"] == cells["own-0"].execution_count
    counts = [cell.execution_count for cell in cells.values() if cell.execution_count]
    assert counts == sorted(counts)


def test_plots_are_pictures_and_widgets_are_text(grade: Grade, filled: Filled) -> None:
    plot = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"
    result = grade(with_cells(filled(), plot, "import ipywidgets\nipywidgets.IntSlider()"))
    assert came(result) == FULL
    assert "image/png" in outputs_of(result, "own-0")[0]["data"]
    (widget,) = outputs_of(result, "own-1")
    assert list(widget["data"]) == ["text/plain"]


def test_output_is_bounded_in_bytes_lines_and_length_of_a_line(grade: Grade, filled: Filled) -> None:
    result = grade(with_cells(
        filled(), "for _ in range(300_000): print('x')", "print('y' * 50_000_000)", "raise ValueError('z' * 5_000_000)",
        "class Big:\n    def _repr_html_(self): return 'w' * 30_000_000\nBig()",
    ))  # fmt: skip
    assert came(result) == FULL
    assert "too many lines" in text_of(result)
    assert len(text_of(result, "own-1")) < 100_000
    assert len(nbformat.writes(result.notebook)) < 3_000_000


def test_demonstrations_are_not_run_but_changed_cells_are(grade: Grade, filled: Filled) -> None:
    notebook = filled()
    demonstration = next(cell for cell in notebook["cells"] if "a demonstration" in cell["source"])
    assert outputs_of(grade(notebook), demonstration["id"]) == []
    demonstration["source"] += "\nprint('changed')"
    assert "changed" in text_of(grade(notebook), demonstration["id"])


@pytest.mark.parametrize(
    "answer",
    [
        "def double(x):\n    return later(x)\ndef later(x):\n    return FACTOR * x",
        "for _ in ():\n    FACTOR = 3  # never comes here\ndef double(x):\n    return FACTOR * x",
        "for _ in ():\n    FACTOR = 3\nTWO = FACTOR\ndef double(x):\n    return TWO * x",
    ],
)
def test_an_answer_that_needs_a_demonstration_has_it(
    tiny_content: Any, engine: Engine, hidden_keys: dict[str, Key], answer: str
) -> None:
    """Also where the syntax tree does not tell that it does."""
    notebook = nbformat.read(tiny_content.release(TINY), as_version=4)
    sources = release_sources(read_skeleton(tiny_content.release(TINY)))
    place = next(i for i, cell in enumerate(notebook.cells) if cell.id == "double")
    notebook.cells[place].source = answer
    notebook.cells.insert(place, nbformat.v4.new_code_cell("FACTOR = 2", id="factor"))
    result = engine.grade(Job("a", TINY, notebook, hidden_keys, sources | {"FACTOR = 2"}))
    assert came(result)["double"] == ("pass", 2.0)


# Broken, slow and hostile work


def test_a_cell_over_its_limit_costs_its_own_answer_only(grade: Grade, filled: Filled) -> None:
    result = grade(
        filled(mean="import time\nprint('before')\ntime.sleep(60)\ndef mean(v):\n    return sum(v) / len(v)")
    )
    assert came(result) == {**FULL, "mean": ("timeout", 0.0)}
    assert "after 4 seconds" in result.verdicts["mean"].message


def test_what_ignores_every_signal_is_ended_all_the_same(grade: Grade, filled: Filled) -> None:
    deaf = "import signal, time\nfor s in (2, 14, 15):\n    signal.signal(s, signal.SIG_IGN)\n"
    result = grade(filled(mean=deaf + "while True: time.sleep(1)"))
    assert came(result) == {**FULL, "mean": ("timeout", 0.0)}


@pytest.mark.parametrize(
    "end", ["os._exit(0)", "os.abort()", "os.kill(os.getpid(), 9)", "import ctypes; ctypes.string_at(1)"]
)
def test_a_cell_that_ends_the_process_is_left_out(grade: Grade, filled: Filled, end: str) -> None:
    result = grade(filled(mean=f"import os\n{end}"))
    assert came(result) == {**FULL, "mean": ("crash", 0.0)}


def test_a_process_that_ends_again_and_again_is_given_up(job: Callable[..., Job], filled: Filled) -> None:
    notebook = with_cells(filled(), *["import os\nos._exit(1)"] * 3, before="mean")
    with Engine(limits=Limits(cell=4, restarts=1)) as engine:
        result = engine.grade(job(notebook))
    assert came(result) == {"double": ("pass", 2.0), "mean": ("crash", 0.0), "quadruple": ("crash", 0.0)}
    assert "too often" in result.verdicts["mean"].message


def test_the_notebook_as_a_whole_has_a_time(job: Callable[..., Job], filled: Filled) -> None:
    slow = "import time\ntime.sleep(1.2)\n"
    with Engine(limits=Limits(cell=2, notebook=2)) as engine:
        result = engine.grade(job(filled(double=slow + "def double(x): return 2 * x", mean=slow, quadruple=slow)))
    assert came(result)["quadruple"][0] == "timeout"


def test_messages_on_our_pipe_are_tampering(grade: Grade, filled: Filled) -> None:
    forge = """\
import json, os, socket, struct
def say(message):
    data = json.dumps(message).encode()
    for fd in range(3, 200):
        try:
            os.write(fd, struct.pack(">Q", len(data)) + data)
        except OSError:
            pass
"""
    for message in ({"reply": 1, "observations": []}, {}, [1]):
        result = grade(with_cells(filled(), f"{forge}say({message!r})", before="check-double"))
        assert {status for status, _ in came(result).values()} == {"tampered"}
        assert result.score == 0
    flood = (
        "import os\nfor fd in range(3, 200):\n    try:\n        os.write(fd, b'\\xff' * 100)\n    except OSError: pass"
    )
    assert grade(with_cells(filled(), flood, before="check-double")).score == 0


def test_closing_our_pipe_costs_the_cell_that_does_it(grade: Grade, filled: Filled) -> None:
    result = grade(filled(mean="import os\nos.closerange(3, 1000)"))
    assert came(result) == {**FULL, "mean": ("crash", 0.0)}


def test_hidden_inputs_are_never_shown(grade: Grade, filled: Filled) -> None:
    keeping = "KEPT = []\ndef double(x):\n    KEPT.append(x)\n    return 2 * x"
    result = grade(with_cells(filled(double=keeping), "print(KEPT)\nraise ValueError(str(KEPT))"))
    assert came(result) == FULL
    shown = nbformat.writes(result.notebook)
    assert text_of(result) == "[3, 0.5, 3, 6]\n", "the visible cases, and what quadruple makes of its own"
    assert "71077345" not in shown
    wrong = "KEPT = []\ndef double(x):\n    KEPT.append(x)\n    return max(KEPT)"
    result = grade(with_cells(filled(double=wrong), "print(KEPT)"))
    assert text_of(result) == "[3, 0.5, 3, 3]\n", "the visible cases, and what quadruple makes of its own"
    assert "71077345" not in nbformat.writes(result.notebook) + str(result.verdicts)


def test_each_submission_has_a_clean_folder_and_a_clean_process(grade: Grade, filled: Filled) -> None:
    leave = "import os, builtins\nopen('left', 'w').write('x')\nos.environ['LEFT'] = '1'\nbuiltins.LEFT = 1\nLEFT = 2"
    grade(with_cells(filled(), leave))
    look = (
        "import os, builtins\nprint(os.listdir('.'), *('LEFT' in seen for seen in (os.environ, dir(builtins), dir())))"
    )
    assert text_of(grade(with_cells(filled(), look))) == "[] False False False\n"


def test_the_child_sees_no_environment_of_ours(
    job: Callable[..., Job], filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADERS_TOKEN", "sesame-open")
    with Engine() as engine:
        result = engine.grade(job(with_cells(filled(), "import os\nprint(dict(os.environ))")))
    assert "sesame-open" not in text_of(result)
    assert "PATH" in text_of(result)


def test_a_missing_key_is_the_graders_fault(engine: Engine, job: Callable[..., Job], filled: Filled) -> None:
    whole = job(filled())
    keys = {name: key for name, key in whole.keys.items() if name != "mean"}
    result = engine.grade(Job(whole.student, whole.lesson, whole.notebook, keys, whole.release_sources))
    assert {status for status, _ in came(result).values()} == {"grader_error"}
    assert any("autograder release" in note for note in result.notes)
    assert not any("autograder release" in cell.source for cell in result.notebook.cells)


def test_a_fault_of_the_judge_is_told_to_the_instructor_only(
    job: Callable[..., Job], filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise ZeroDivisionError("inner detail")

    monkeypatch.setattr("autograder.classroom.judge_server.judge", fail)
    with Engine() as engine:  # one that has judged nothing yet
        result = engine.grade(job(filled()))
    assert {status for status, _ in came(result).values()} == {"grader_error"}
    assert "inner detail" in " ".join(result.notes)
    assert "inner detail" not in nbformat.writes(result.notebook)


# Running


def test_inputs_are_all_that_is_sent(hidden_keys: dict[str, Key]) -> None:
    key = hidden_keys["double"]
    full, some = (json.loads(questions_json(key, cases)) for cases in ((0, 1, 2, 3), (2, 0)))
    assert len(full["cases"]) == 4
    assert some["cases"] == [full["cases"][2], full["cases"][0]]
    assert all(set(case) == {"name", "steps"} for case in full["cases"])
    assert "142154690" not in json.dumps(full)


def test_jobs_are_taken_when_somebody_is_free_for_them(engine: Engine, job: Callable[..., Job], filled: Filled) -> None:
    taken: list[int] = []

    def jobs() -> Iterator[Job]:
        for number in range(12):
            taken.append(number)
            yield job(filled(), f"s{number}")

    running = engine.run(jobs())
    first = next(running)
    assert came(first) == FULL
    assert len(taken) <= 1 + 2 * engine.workers + 1
    rest = list(running)
    assert {first.student, *(result.student for result in rest)} == {f"s{number}" for number in range(12)}


@pytest.mark.parametrize("workers", [1, 2])
def test_no_more_children_run_than_there_are_workers(
    workers: int, job: Callable[..., Job], filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, now, most = threading.Lock(), Counter[str](), Counter[str]()

    def counted(method: str, what: str, before: int, after: int) -> None:
        plain = getattr(Attempt, method)

        def counting(self: Attempt, *given: Any) -> Any:
            with lock:
                now[what] += before
                most[what] = max(most[what], now[what])
            try:
                return plain(self, *given)
            finally:
                with lock:
                    now[what] += after

        monkeypatch.setattr(Attempt, method, counting)

    counted("ask", "running", 1, 0)
    counted("answer", "running", 0, -1)
    counted("__enter__", "alive", 1, 0)
    counted("__exit__", "alive", 0, -1)
    with Engine(workers=workers) as engine:
        results = list(engine.run(job(filled(), f"s{number}") for number in range(3 * workers)))
    assert len(results) == 3 * workers
    assert most["running"] == workers
    assert most["alive"] <= workers + 1  # one comes up, or goes, beside them
    assert now["running"] == now["alive"] == 0


def test_an_exception_of_the_jobs_source_comes_through(engine: Engine) -> None:
    def broken() -> Iterator[Job]:
        raise ZeroDivisionError
        yield

    with pytest.raises(ZeroDivisionError):
        list(engine.run(broken()))


def test_a_run_that_is_given_up_stops_at_once(engine: Engine, job: Callable[..., Job], filled: Filled) -> None:
    jobs = [job(filled(mean="import time\ntime.sleep(3)"), f"s{number}") for number in range(6)]
    running = engine.run([job(filled()), *jobs])
    next(running)
    running.close()
    assert came(engine.grade(job(filled()))) == FULL


def test_nothing_is_left_behind(
    job: Callable[..., Job], filled: Filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    processes, descriptors = set(children(os.getpid())), set(os.listdir("/proc/self/fd"))
    with Engine(workers=2, limits=Limits(cell=2, grace=0.3)) as engine:
        busy = "import os, threading, time\nos.makedirs('a/b')\nthreading.Thread(target=time.sleep, args=(60,)).start()"
        bad = ["import os\nos._exit(1)", "while True: pass", busy]
        notebooks = [with_cells(filled(), source) for source in bad]
        assert [came(result) for result in engine.run(job(notebook) for notebook in notebooks)] == [FULL] * 3
        assert not list(scratch.glob("grading-*/job-*"))
    assert not list(scratch.iterdir())
    assert set(children(os.getpid())) == processes
    assert set(os.listdir("/proc/self/fd")) == descriptors


def test_everything_is_run_where_that_is_asked_for(job: Callable[..., Job], filled: Filled) -> None:
    notebook = filled()
    demonstration = next(cell for cell in notebook["cells"] if "a demonstration" in cell["source"])
    with Engine(policy=Policy(run_everything=True)) as engine:
        result = engine.grade(job(notebook))
    assert "a demonstration 2" in text_of(result, demonstration["id"])
    assert cell_of(notebook, "double")


def test_a_cell_too_deep_to_be_compiled_stops_nothing_else(
    engine: Engine, job: Callable[..., Job], filled: Filled
) -> None:
    source = "+".join(["1"] * 2_500)
    result = engine.grade(job(with_cells(filled(), source, before="check-double")))
    assert came(result) == FULL
    (shown,) = cell_of(dict(result.notebook), "own-0")["outputs"]
    assert (shown["output_type"], shown["ename"]) == ("error", "RecursionError")


# Hidden cases behind everything that is shown, or in a second run


@pytest.fixture
def starts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A number for each process that was forked for a submission."""
    from autograder.engine.attempt import Attempt

    made: list[int] = []
    enter = Attempt.__enter__

    def counted(self: Attempt) -> Attempt:
        made.append(len(made))
        return enter(self)

    monkeypatch.setattr(Attempt, "__enter__", counted)
    return made


@pytest.mark.parametrize(
    ("answers", "more", "runs"),
    [
        ({}, [], 1),
        ({"double": "def double(x): return 2 * x if x < 100 else 0"}, [], 1),
        ({"mean": "def mean(v): raise ValueError(str(v))"}, [], 1),
        ({"mean": "def mean(v):\n    while True: pass"}, [], 1),
        ({}, ["LATER = 3\ndef double(x): return 0"], 1),
        ({}, ["double(4)"], 2),
        ({}, ["print('x')"], 2),
    ],
)
def test_a_submission_is_run_once_unless_a_later_cell_does_more_than_define(
    grade: Grade, filled: Filled, starts: list[int], answers: dict[str, str], more: list[str], runs: int
) -> None:
    result = grade(with_cells(filled(**answers), *more))
    assert len(starts) == runs
    expected = {name: FULL[name] for name in FULL if name not in answers}
    assert {name: one for name, one in came(result).items() if name in expected} == expected


def test_hidden_cases_meet_the_names_and_settings_of_their_check(grade: Grade, filled: Filled) -> None:
    double = "FACTOR = 2\ndef double(x):\n    return FACTOR * x"
    switches = "    torch.set_default_dtype(torch.float64)\n"
    mean = f"import torch\nFACTOR = 7\ndef mean(v):\n{switches}    return sum(v) / len(v)"
    quadruple = "def quadruple(x):\n    return double(double(x))\ndef double(x):\n    return 2 * x"
    assert came(grade(filled(double=double, mean=mean, quadruple=quadruple))) == FULL
    looks = "import torch\ndef double(x):\n    return 2 * x if torch.get_default_dtype() is torch.float32 else 0"
    assert came(grade(filled(double=looks, mean=mean, quadruple="def quadruple(x): return 4 * x"))) == FULL


@pytest.mark.parametrize(("end", "status"), [("os._exit(3)", "crash"), ("time.sleep(60)", "timeout")])
def test_an_answer_that_does_not_survive_its_hidden_cases_costs_no_other_one(
    grade: Grade, filled: Filled, end: str, status: str
) -> None:
    deaf = "import os, signal, time\nfor s in (2, 14): signal.signal(s, signal.SIG_IGN)\n"
    mean = f"{deaf}def mean(v):\n    if len(v) > 2:\n        {end}\n    return sum(v) / len(v)"
    result = grade(filled(mean=mean))
    assert came(result) == {**FULL, "mean": (status, 0.0)}
    assert "71077345" not in nbformat.writes(result.notebook) + str(result.verdicts)


def test_cases_behind_an_endless_one_count_as_endless_in_both_ways(grade: Grade, filled: Filled) -> None:
    endless = "def double(x):\n    while x == 0.5: pass\n    return 2 * x"
    quick, slow = grade(filled(double=endless)), grade(with_cells(filled(double=endless), "print('x')"))
    assert quick.verdicts["double"] == slow.verdicts["double"]
    assert quick.verdicts["double"].status == "timeout"
