from __future__ import annotations

from typing import Any

import pytest

from autograder.engine.evidence import are_outputs
from autograder.engine.outputs import Bounds, Outputs, Stream


def outputs(cell: int = 1000, lines: int = 100, line: int = 50, total: int = 10_000) -> Outputs:
    return Outputs(Bounds(cell, lines, line, total))


def test_text_of_one_stream_runs_together() -> None:
    made = outputs()
    for name, text in (("stdout", "a"), ("stdout", "b\n"), ("stderr", "c"), ("stdout", "d")):
        made.stream(name, text)
    assert [(o["name"], o["text"]) for o in made.taken()] == [("stdout", "ab\n"), ("stderr", "c"), ("stdout", "d")]


def test_one_huge_line_many_lines_and_many_bytes_are_cut_off_and_said() -> None:
    made = outputs()
    made.stream("stdout", "x" * 10_000_000)
    made.stream("stdout", "y\nshort\n")
    assert made.taken()[0]["text"] == "x" * 50 + "…"[:0] + "…" + "\nshort\n"
    made = outputs(lines=3)
    made.stream("stdout", "a\n" * 1000)
    made.stream("stderr", "more")
    texts = [o["text"] for o in made.taken()]
    assert texts[0] == "a\n" * 3
    assert "too many lines" in texts[1]
    assert len(texts) == 2
    made = outputs(cell=10, line=1000)
    made.stream("stdout", "é" * 100)
    assert made.taken()[0]["text"] == "é" * 5
    assert "too many characters" in made.taken()[1]["text"]


def test_a_progress_bar_is_one_line_however_often_it_is_drawn() -> None:
    made = outputs()
    for step in range(30):
        made.stream("stderr", f"\r{step}" + "#" * 20)
    assert "…" not in made.taken()[0]["text"]


def test_all_cells_together_are_bounded() -> None:
    made = outputs(total=30)
    kept = []
    for _ in range(5):
        made.start()
        made.stream("stdout", "0123456789\n")
        kept.append(sum(len(o["text"]) for o in made.taken() if o["name"] == "stdout"))
    assert sum(kept) <= 30
    assert kept[0] == 11


def test_displays_results_and_what_is_no_json() -> None:
    made = outputs()
    made.display({"text/plain": "1", "application/vnd.jupyter.widget-view+json": {"model_id": "x"}}, {})
    made.display({"text/plain": "2"}, {}, count=7)
    made.display({"image/png": b"\x00\x01", "application/json": {"a": object()}}, {})
    first, second, third = made.taken()
    assert first == {"output_type": "display_data", "data": {"text/plain": "1"}, "metadata": {}}
    assert second["output_type"] == "execute_result"
    assert second["execution_count"] == 7
    assert third["data"]["image/png"] == "AAE="
    made = outputs()
    made.display({"text/html": "x" * 5000}, {})
    assert "too large" in made.taken()[0]["text"]


def test_what_no_reader_of_notebooks_expects_is_left_out() -> None:
    deep: Any = {}
    for _ in range(900):
        deep = {"a": deep}
    made = outputs(cell=1_000_000)
    made.display({"application/json": deep, "text/html": 3, "text/plain": "x"}, {"deep": deep})
    (shown,) = made.taken()
    assert "nested" in shown["data"]["application/json"]
    assert shown["data"]["text/html"] == "3"
    assert "nested" in shown["metadata"]["deep"]


def test_a_display_is_updated_where_it_was_shown_and_output_is_cleared() -> None:
    made = outputs()
    made.display({"text/plain": "old"}, {}, display_id="a")
    made.display({"text/plain": "new"}, {}, display_id="a", update=True)
    made.display({"text/plain": "lost"}, {}, display_id="b", update=True)
    assert [o["data"]["text/plain"] for o in made.taken()] == ["new"]
    made.clear(wait=True)
    assert len(made.taken()) == 1
    made.stream("stdout", "x")
    assert [o["output_type"] for o in made.taken()] == ["stream"]
    made.clear(wait=False)
    assert made.taken() == []


def test_an_error_is_kept_after_a_flood_and_is_itself_bounded() -> None:
    made = outputs(lines=1)
    made.stream("stdout", "a\nb\nc\n")
    made.error("E" * 1000, "v" * 1_000_000, ["line " * 100_000] * 10_000)
    error = next(o for o in made.taken() if o["output_type"] == "error")
    assert len(error["evalue"]) == 20_000
    assert sum(map(len, error["traceback"])) <= 100_000


def test_a_stream_takes_text_alone() -> None:
    stream = Stream("stdout", outputs())
    assert stream.write("abc") == 3
    assert not stream.isatty()
    with pytest.raises(TypeError):
        stream.write(b"abc")  # type: ignore[arg-type]


def test_displays_that_no_notebook_could_hold_are_made_such() -> None:
    tower: list[object] = []
    for _ in range(200):
        tower = [tower]
    made = outputs()
    made.display({"application/json": tower, "text/plain": {"a": [1]}, "text/html": None}, {"deep": tower})
    shown = made.taken()[0]
    assert shown["data"] == {
        "application/json": "[left out: it is nested too deeply]", "text/plain": '{"a": [1]}', "text/html": "null",
    }  # fmt: skip
    assert shown["metadata"] == {"deep": "[left out: it is nested too deeply]"}
    assert are_outputs([shown], 1)
