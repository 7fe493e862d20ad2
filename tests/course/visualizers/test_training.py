"""The training dashboard: what it keeps, when it draws, what it says of NaN and infinity, and its picture."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import xml.etree.ElementTree as ET

import numpy as np
import pytest
import torch

from course.visualizers import TrainingDashboard
from course.visualizers.arrays import PictureError
from course.visualizers.svg import text_width
from course.visualizers.training import BETWEEN_DRAWINGS, MOST_POINTS, panels, smoothed, thinned
from course.visualizers.training_picture import ticks

SVG = "{http://www.w3.org/2000/svg}"


class Clock:
    """Seconds that pass only when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def said(board: TrainingDashboard) -> str:
    return " ".join(ET.fromstring(str(board.static())).itertext())


# compute


def test_smoothing_is_pandas_own() -> None:
    import pandas as pd

    values = np.random.default_rng(0).normal(size=50).tolist()
    for smoothing in (0.0, 0.5, 0.95):
        found = [value for _, value in smoothed(enumerate(values), smoothing)]
        assert found == pytest.approx(pd.Series(values).ewm(alpha=1 - smoothing, adjust=True).mean().tolist())


def test_smoothing_steps_over_a_gap() -> None:
    found = smoothed([(0, 1.0), (1, None), (2, 1.0)], 0.9)
    assert found == [(0, pytest.approx(1.0)), (1, None), (2, pytest.approx(1.0))]


@pytest.mark.parametrize("count", [0, 1, MOST_POINTS, MOST_POINTS + 1, 5000])
def test_thinning_keeps_the_mean_and_the_limit(count: int) -> None:
    points = [(step, float(step % 7)) for step in range(count)]
    found = thinned(points)
    assert len(found) <= MOST_POINTS
    if count <= MOST_POINTS:
        assert found == points
    group = max(1, math.ceil(count / MOST_POINTS))
    for place, (step, value) in enumerate(found):
        part = points[place * group : (place + 1) * group]
        assert step == pytest.approx(np.mean([at for at, _ in part]))
        assert value == pytest.approx(np.mean([each for _, each in part]))


def test_one_nan_is_not_thinned_away_and_huge_numbers_do_not_overflow() -> None:
    points = [(step, math.nan if step == 1234 else 1e308) for step in range(5000)]
    found = thinned(points)
    assert [value for _, value in found].count(None) == 1
    assert all(value is None or math.isfinite(value) for _, value in found)


def test_validation_shares_the_panel_of_its_metric() -> None:
    names = ["validation_loss", "learning_rate", "loss", "accuracy", "validation_accuracy"]
    assert panels(names) == [["loss", "validation_loss"], ["learning_rate"], ["accuracy", "validation_accuracy"]]


@pytest.mark.parametrize(("low", "high"), [(0, 1), (0, 300), (-3.2, 0.1), (2.3e-5, 3e-5), (1e8, 7e9)])
def test_ticks_are_few_round_and_within(low: float, high: float) -> None:
    found = ticks(low, high)
    assert 2 <= len(found) <= 6
    assert all(low - 1e-9 <= tick <= high + 1e-9 for tick in found)


# log


@pytest.mark.filterwarnings("error")  # a warning is stderr, and nbgrader takes all points for that
def test_everything_logged_is_kept_as_plain_numbers() -> None:
    board = TrainingDashboard(3)
    board.log(0, loss=torch.tensor(0.5, requires_grad=True), learning_rate=np.float32(0.25), accuracy=None)
    board.log(np.int64(1), loss=1)
    assert board.history == {"loss": [(0, 0.5), (1, 1.0)], "learning_rate": [(0, 0.25)]}
    assert (board.done, repr(board)) == (2, "TrainingDashboard(2 points)")


@pytest.mark.parametrize(("first", "done"), [(0, 10), (1, 10)])
def test_steps_may_be_counted_from_zero_or_one(first: int, done: int) -> None:
    board = TrainingDashboard(10)
    for step in range(first, first + 10):
        board.log(step, loss=1.0)
    assert board.done == done
    assert "10 of 10 steps" in said(board)


def test_drawings_are_rare_while_logs_are_many_and_the_last_numbers_are_drawn() -> None:
    clock = Clock()
    board = TrainingDashboard(1000, clock=clock)
    widget = board.widget
    for step in range(1000):
        clock.now += 0.001
        board.log(step, loss=1 / (step + 1))
    assert board.drawings == 1 + math.floor(0.999 / BETWEEN_DRAWINGS)
    assert len(widget.data["curves"]["loss"]) < MOST_POINTS
    board.finish()
    assert widget.data["done"] == 1000
    assert widget.data["pace"] == pytest.approx(0.001)


def test_a_slow_drawing_makes_drawings_rarer() -> None:
    clock = Clock()
    board = TrainingDashboard(clock=clock)
    _ = board.widget
    slow = board.payload

    def payload() -> dict[str, object]:
        clock.now += 1.0
        return slow()

    object.__setattr__(board, "payload", payload)
    for step in range(100):
        clock.now += 0.1
        board.log(step, loss=1.0)
    assert board.drawings == 1  # one second of drawing is paid for by twenty of training


def test_nothing_is_drawn_before_there_is_a_widget() -> None:
    board = TrainingDashboard(10)
    board.log(0, loss=1.0)
    board.finish()
    assert board.drawings == 0


@pytest.mark.parametrize(
    ("value", "spelled"), [(math.nan, "NaN"), (math.inf, "infinite"), (-math.inf, "minus infinity")]
)
@pytest.mark.parametrize("log_scale", [False, True])
def test_a_loss_that_stops_being_finite_is_shown_and_does_not_stop_the_run(
    value: float, spelled: str, log_scale: bool
) -> None:
    board = TrainingDashboard(40, log_scale=log_scale)
    _ = board.widget
    for step in range(40):
        board.log(step, loss=value if step >= 30 else 2.0 - step / 100)
    board.finish()
    text = said(board)
    assert "not finite from step 30" in text
    assert f"loss is {spelled} at step 30, and 9 more; the last finite one before was at step 29." in text
    json.dumps(board.payload(), allow_nan=False)  # what a browser can read


@pytest.mark.parametrize("values", [[math.nan], [math.inf, math.nan], [0.0], [-1.0, -1.0], [1e308, -1e308], [5e-324]])
@pytest.mark.parametrize("log_scale", [False, True])
def test_no_value_at_all_keeps_it_from_drawing(values: list[float], log_scale: bool) -> None:
    board = TrainingDashboard(log_scale=log_scale, smoothing=0.5)
    for step, value in enumerate(values):
        board.log(step, loss=value, accuracy=value)
    ET.fromstring(str(board.static()))
    json.dumps(board.payload(), allow_nan=False)


def test_steps_that_start_again_with_each_epoch_are_counted_on_and_it_is_said() -> None:
    board = TrainingDashboard()
    for _ in range(3):
        for step in range(5):
            board.log(step, loss=1.0)
    assert [step for step, _ in board.history["loss"]] == list(range(15))
    assert "Step 0 came after step 4, and 1 more times: counted on as 5. Count steps through all epochs." in said(board)


def test_two_logs_of_one_step_are_no_restart() -> None:
    board = TrainingDashboard()
    board.log(0, loss=1.0)
    board.log(0, validation_loss=2.0)
    board.log(1, loss=1.0)
    assert board.restarts == []


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: TrainingDashboard(0), "total_steps must be a whole number from 1"),
        (lambda: TrainingDashboard(True), "total_steps must be a whole number"),
        (lambda: TrainingDashboard(metrics="loss"), "metrics must be names in a list"),
        (lambda: TrainingDashboard(smoothing=1.0), "smoothing must be a number from 0 to 0.99"),
        (lambda: TrainingDashboard(log_scale=1), "log_scale must be True or False"),
        (lambda: TrainingDashboard().log(0.5, loss=1.0), "step must be a whole number"),
        (lambda: TrainingDashboard().log(0, loss="low"), "loss must be one number, not str"),
        (lambda: TrainingDashboard().log(0, loss=torch.zeros(2)), "loss must be one number, not Tensor"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(call: object, sentence: str) -> None:
    assert callable(call)
    with pytest.raises(PictureError, match=sentence):
        call()


# pictures


def filled(**arguments: object) -> TrainingDashboard:
    board = TrainingDashboard(200, smoothing=0.5, **arguments)
    for step in range(150):
        board.log(step, loss=2 / (1 + step), learning_rate=1e-3 * step, **{"a metric of my own": step**2})
        if step % 30 == 29:
            board.log(step, validation_loss=1 + step / 100, accuracy=step / 200)
    return board


def test_the_picture_is_deterministic_and_states_its_numbers_but_no_times() -> None:
    fast, slow = Clock(), Clock()
    board = filled(clock=fast)
    slow.now = 3.0
    late = filled(clock=slow)
    slow.now = 5000.0
    assert str(board.static()) == str(late.static())
    text = said(board)
    assert "150 of 200 steps" in text
    assert "loss 0.01333 (first 2, lowest 0.01333 at step 149)" in text
    assert "validation loss 2.49 (first 1.29, lowest 1.29 at step 29)" in text
    assert " id=" not in str(board.static())


@pytest.mark.parametrize("log_scale", [False, True])
@pytest.mark.parametrize("empty", [False, True])
def test_the_picture_fits_its_frame(log_scale: bool, empty: bool) -> None:
    board = TrainingDashboard(1, log_scale=log_scale) if empty else filled(log_scale=log_scale)
    root = ET.fromstring(str(board.static()))
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for element in root.iter(f"{SVG}text"):
        left, y, font = (float(element.attrib[name]) for name in ("x", "y", "font-size"))
        long = text_width(element.text or "", font)
        left -= {"middle": long / 2, "end": long}.get(element.attrib.get("text-anchor", ""), 0.0)
        assert left >= 0, element.text
        assert left + long <= width, element.text
        assert 0 < y < height
    for element in root.iter(f"{SVG}polyline"):
        for point in element.attrib["points"].split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= width
            assert 0 <= y <= height


def test_smoothing_draws_both_lines_of_the_training_loss_only() -> None:
    def lines(board: TrainingDashboard) -> int:
        return len(ET.fromstring(str(board.static())).findall(f"{SVG}polyline"))

    board = filled()
    smooth = lines(board)
    board.smoothing = 0.0
    assert smooth == lines(board) + 1


# where it is shown

LOOP = (
    "from course.visualizers import TrainingDashboard\n"
    "with TrainingDashboard(3) as board:\n"
    "    for step in range(3):\n"
    "        board.log(step, loss=float('nan') if step else 1.0)\n"
    "        FAIL\n"
)


def test_a_script_hears_nothing_from_it() -> None:
    code = LOOP.replace("FAIL", "pass")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


@pytest.mark.slow
@pytest.mark.parametrize("fail", ["pass", "assert step < 1"])
@pytest.mark.parametrize("static", [True, False])
def test_in_a_notebook_it_shows_itself_once(fail: str, static: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    import nbformat
    from nbclient import NotebookClient

    monkeypatch.delenv("COURSE_STATIC", raising=False)
    if static:
        monkeypatch.setenv("COURSE_STATIC", "1")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(LOOP.replace("FAIL", fail))])
    NotebookClient(notebook, kernel_name="python3", allow_errors=True, timeout=120).execute()
    outputs = notebook.cells[0].outputs
    shown = [output.data for output in outputs if output.output_type == "display_data"]
    assert len(shown) == 1
    assert [output for output in outputs if output.output_type == "stream"] == []
    assert [output.output_type for output in outputs].count("error") == (fail != "pass")
    if static:
        assert "not finite" in shown[0]["image/svg+xml"] or fail != "pass"
        assert shown[0]["text/plain"] == f"TrainingDashboard({3 if fail == 'pass' else 2} points)"
    else:
        assert "application/vnd.jupyter.widget-view+json" in shown[0]
