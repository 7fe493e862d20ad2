"""What tries answers to lesson 9: a clock that jumps, and trials that see what they are meant to see."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from course.serving.trials import SECRET, ScriptedService, answered, batches, scraped, validated, validated_lengths
from course.serving.virtual import Stuck, run


def test_an_hour_takes_no_time_and_all_clocks_agree() -> None:
    async def wait() -> list[float]:
        await asyncio.sleep(3600)
        time.sleep(60)
        return [asyncio.get_running_loop().time(), time.monotonic(), time.perf_counter()]

    begin = time.perf_counter()
    assert run(wait()) == pytest.approx([3660.0] * 3, abs=0.01)
    assert time.perf_counter() - begin < 30


def test_it_runs_where_a_loop_runs_already_as_in_a_notebook() -> None:
    async def outer() -> tuple[float, bool]:
        mine = asyncio.get_running_loop()
        passed = run(inner())
        return passed, asyncio.get_running_loop() is mine

    async def inner() -> float:
        await asyncio.sleep(7)
        return asyncio.get_running_loop().time()

    passed, back = asyncio.run(outer())
    assert passed == pytest.approx(7, abs=0.01)
    assert back


def test_who_waits_for_ever_is_told_so() -> None:
    async def wait() -> None:
        await asyncio.Queue[int]().get()

    with pytest.raises(Stuck):
        run(wait())


def test_who_asks_again_and_again_gets_somewhere() -> None:
    async def ask() -> float:
        clock = asyncio.get_running_loop()
        while clock.time() < 0.1:
            await asyncio.sleep(0)
        return clock.time()

    assert run(ask()) == pytest.approx(0.1, abs=0.001)


def test_batches_tell_what_is_missing_and_how_it_ended() -> None:
    async def loses(queue: asyncio.Queue[Any], most: int, wait: float) -> list[Any]:
        batch = [await queue.get()]
        if not queue.empty():
            queue.get_nowait()
        return batch

    async def nothing(queue: asyncio.Queue[Any], most: int, wait: float) -> list[Any]:
        return []

    arrivals = [(0.0, "a"), (0.0, "b"), (0.5, "c")]
    assert batches(loses, arrivals, 2, 0.1) == {
        "batches": [(0.0, ["a"]), (0.5, ["c"])], "missing": ["b"], "ended": "stuck",
    }  # fmt: skip
    assert batches(nothing, arrivals, 2, 0.1)["ended"] == "gave up"


def test_bodies_are_accepted_or_refused() -> None:
    from pydantic import BaseModel, Field

    class Two(BaseModel):
        texts: list[str] = Field(max_length=2)

    assert validated(Two, {"texts": ["a"]}, {}) == [{"texts": ["a"]}, "refused"]
    assert validated_lengths(Two, (2, 3, 1), (3, 1, 0)) == [(2, 5), "refused"]


def test_a_page_that_prometheus_cannot_read_is_told() -> None:
    assert "unreadable" in scraped(lambda *given: "x_bucket{le=0.1} 3\n", "x", "", [], [])
    assert "unreadable" in scraped(lambda *given: None, "x", "", [], [])
    read = scraped(lambda *given: '# TYPE x histogram\nx_bucket{le="+Inf"} 2\nx_sum 1\nx_count 2\n', "x", "", [], [])
    assert read["samples"] == [("x_bucket", float("inf"), 2.0), ("x_sum", None, 1.0), ("x_count", None, 2.0)]


def test_an_application_that_gives_secrets_away_is_seen() -> None:
    from fastapi import FastAPI, Request
    from fastapi.responses import JSONResponse

    def create(service: ScriptedService) -> FastAPI:
        app = FastAPI()

        @app.exception_handler(Exception)
        async def tell(request: Request, problem: Exception) -> JSONResponse:
            return JSONResponse({"error": {"code": "internal", "message": f"It was {problem}"}}, 500)

        @app.get("/health")
        async def health() -> None:
            raise RuntimeError(SECRET)

        return app

    seen = answered(create, [("GET", "/health", None), ("GET", "/nowhere", None)])
    assert seen["answers"][0] == (500, {"code": "internal", "sentence": True, "retry": None, "gives away": True})
    assert seen["answers"][1][0] == 404
    assert (seen["started"], seen["closed"]) == ((0, 0), 0)
