"""What the text of lesson 9 claims: its minutes, its numbers by hand, the article's lines, its tables."""

from __future__ import annotations

import inspect
import json
import math
import re

import pytest
import torch

from autograder.build.builder import LessonSource, read_source
from autograder.places import SOLUTIONS
from course.serving import article
from course.serving.application import Limits
from course.serving.batcher import MAX_WAIT, MAX_WAITING
from course.serving.predictor import BATCH_SIZE, MAX_LENGTH, Prediction
from course.serving.trials import batches

SOURCE: LessonSource = read_source("09_serving")
PROSE = "\n".join(cell.source for cell in SOURCE.cells if cell.kind == "markdown")


def test_the_reading_time_is_counted_by_the_rule() -> None:
    """150 words a minute, half a minute for each demonstration and question."""
    words = len(re.sub(r"[#|*`$\\]", " ", PROSE).split())
    shown = sum(cell.kind == "code" and not (cell.exercise or cell.check or cell.tags) for cell in SOURCE.cells)
    minutes = words / 150 + (shown + PROSE.count("**Predict.**")) / 2
    assert SOURCE.lesson.reading_minutes == pytest.approx(minutes, abs=5)


def test_every_check_of_the_executed_notebook_gives_full_points() -> None:
    """In a notebook a loop runs already, and threads: what passes elsewhere need not pass there."""
    notebook = json.loads((SOLUTIONS / "09_serving" / "09_serving.ipynb").read_text(encoding="utf-8"))
    shown = {
        exercise.name: [
            float("".join(output["data"]["text/plain"]))
            for cell in notebook["cells"]
            if cell["cell_type"] == "code" and f'check("{exercise.name}"' in "".join(cell["source"])
            for output in cell["outputs"]
        ]
        for exercise in SOURCE.lesson.exercises
    }
    assert shown == {exercise.name: [exercise.points] for exercise in SOURCE.lesson.exercises}


def test_the_articles_lines_are_those_that_are_measured() -> None:
    shown = re.search(r"```python\napp = FastAPI\(\)\n(.*?)```", PROSE, re.S)
    assert shown is not None
    measured = inspect.getsource(article.article_app)
    # The one line that gives way, as the text says.
    loaded = "model = BertForSequenceClassification.from_pretrained(model_folder)\n"
    assert loaded in shown[1]
    assert "model, _ = load_fine_tuned(model_folder)\n" in measured
    assert "One line has to give way below." in PROSE
    for line in shown[1].replace(loaded, "").splitlines():
        text = line.strip().removesuffix(":")
        assert text in measured or text == "", line


def test_the_limits_are_those_of_the_courses_own_service() -> None:
    setup = next(cell.source for cell in SOURCE.cells if cell.tags.get("setup"))
    assert f"MAX_TEXTS = {Limits.texts}\n" in setup
    assert f"MAX_CHARACTERS = {Limits.characters:_}" in setup
    assert f"When {MAX_WAITING} texts wait" in PROSE
    assert MAX_WAIT == 0.002
    assert "here\n# 2 ms" in PROSE or re.search(r"here\s+2 ms", PROSE)
    predictor = SOURCE.workbench.solution("Predictor")
    parameters = inspect.signature(predictor).parameters
    assert (parameters["max_length"].default, parameters["batch_size"].default) == (MAX_LENGTH, BATCH_SIZE)
    assert set(Prediction.__annotations__) == set(re.findall(r'"(\w+)"', predictor.predict.__doc__))


def test_the_softmax_by_hand() -> None:
    assert torch.tensor([0.0, 2.0]).softmax(0).tolist() == pytest.approx([0.12, 0.88], abs=0.005)


def test_the_batch_by_hand_leaves_at_150_with_three() -> None:
    arrivals = [(0.1, "a"), (0.12, "b"), (0.14, "c"), (0.16, "d")]
    seen = batches(SOURCE.workbench.solution("next_batch"), arrivals, 8, 0.05)
    assert seen["batches"][0] == (0.15, ["a", "b", "c"])


def test_the_percentiles_by_hand() -> None:
    on_time = [0.0, 1.0, 2.0, 3.0]
    summary = SOURCE.workbench.solution("latency_summary")(on_time, on_time, [0.03, 1.01, 2.02, 3.04])
    assert (summary["p50"], summary["p95"]) == (pytest.approx(20), pytest.approx(40))


def test_a_standstill_shows_in_p95_only_when_latency_counts_from_when_it_was_due() -> None:
    cell = next(cell.source for cell in SOURCE.cells if "the server stands still at 2.0" in cell.source)
    space: dict[str, object] = {"latency_summary": SOURCE.workbench.solution("latency_summary")}
    exec(cell.split("for name")[0], space)
    summary = SOURCE.workbench.solution("latency_summary")
    due, sent, finished = (space[name] for name in ("due", "sent", "finished"))
    assert summary(sent, sent, finished)["p95"] == pytest.approx(10)
    assert summary(due, sent, finished)["p95"] == pytest.approx(510)


def test_the_quantized_numbers_by_hand() -> None:
    codes, scales = SOURCE.workbench.solution("quantize")(torch.tensor([[0.5, -1.27, 0.0]]))
    assert codes.tolist() == [[50, -127, 0]]
    assert scales.tolist() == pytest.approx([0.01])
    layer = SOURCE.workbench.solution("int8_linear")
    y = layer(
        torch.tensor([[1.27, -0.5]]), torch.tensor([[10, -100]], dtype=torch.int8), torch.tensor([0.02]),
        torch.tensor([-1.0]),
    )  # fmt: skip
    assert y.item() == pytest.approx(0.254)
    assert 2**22 < 384 * 127**2 < 2**23


def test_the_page_of_metrics_is_what_the_solution_writes() -> None:
    shown = re.search(r"```text\n(# HELP.*?)```", PROSE, re.S)
    assert shown is not None
    written = SOURCE.workbench.solution("histogram_text")(
        "wait_seconds", "Time in the queue.", [0.1, 0.5], [0.05, 0.5, 0.2, 2.0]
    )
    assert shown[1] == written


def test_the_stability_index_by_hand() -> None:
    score = SOURCE.workbench.solution("drift_score")([1.0, 2.0, 3.0, 9.0], [8.0, 9.0, 9.5, 1.0], [5.0])
    assert score == pytest.approx(0.68, abs=0.005)
    assert score == pytest.approx(0.8 * math.log(0.7 / 0.3))
