"""What tries answers to lesson 9: a clock that jumps, and trials that see what they are meant to see."""

from __future__ import annotations

import asyncio
import gc
import time
import warnings
from typing import Any

import pytest

from course.serving.trials import (
    SECRET,
    ScriptedService,
    answered,
    batches,
    predicted,
    scraped,
    validated,
    validated_lengths,
)
from course.serving.virtual import EPOCH, Stuck, run


def test_an_hour_takes_no_time_and_all_clocks_agree() -> None:
    async def wait() -> list[float]:
        await asyncio.sleep(3600)
        time.sleep(60)
        return [asyncio.get_running_loop().time(), time.monotonic(), time.perf_counter(), time.time() - EPOCH]

    begin = time.perf_counter()
    assert run(wait()) == pytest.approx([3660.0] * 4, abs=0.01)
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


def test_infinity_in_another_spelling_is_not_taken_for_it() -> None:
    read = scraped(lambda *given: '# TYPE x histogram\nx_bucket{le="inf"} 2\n', "x", "", [], [])
    assert read["samples"] == [("x_bucket", "inf", 2.0)]


def test_who_changes_the_bounds_changes_those_of_the_caller() -> None:
    def appends(name: str, help_text: str, bounds: list[float], values: list[float]) -> str:
        bounds.append(float("inf"))
        return ""

    bounds = [1.0]
    scraped(appends, "x", "", bounds, [])
    assert bounds == [1.0, float("inf")]


def _application(classify: Any) -> Any:
    from fastapi import FastAPI

    def create(service: ScriptedService) -> FastAPI:
        app = FastAPI()

        @app.post("/classify")
        async def asked() -> Any:
            return await classify(service)

        return app

    return create


def test_a_tuple_of_body_and_status_is_told_without_its_words() -> None:
    async def as_in_flask(service: ScriptedService) -> Any:
        return {"error": {"code": "internal", "message": "Words of a learner's own."}}, 500

    seen = answered(_application(as_in_flask), [("POST", "/classify", None)])
    assert seen["answers"] == [(200, ["an error as the first item of a list", 500])]


def test_a_coroutine_that_nobody_awaits_leaves_no_warning() -> None:
    async def forgets(service: ScriptedService) -> Any:
        return str(service.classify(["good"]))[:0]

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        seen = answered(_application(forgets), [("POST", "/classify", None)], started=False)
        gc.collect()
    assert seen["asked"] == []
    assert not [one for one in caught if "never awaited" in str(one.message)]


def test_a_small_model_takes_one_thread_and_gives_the_others_back() -> None:
    import torch

    class Watches:
        def __init__(self, model: Any, tokenizer: Any, **limits: Any) -> None:
            self.labels, self.version, self.model = [], "", model

        def predict(self, texts: list[str]) -> list[Any]:
            self.model.eval().requires_grad_(False).zero_grad()
            return [torch.get_num_threads()]

    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        assert predicted(Watches, ["a"])["predictions"] == [1]
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


def test_what_an_answer_does_to_its_model_is_gone_with_it() -> None:
    import torch

    seen: list[Any] = []

    class Spoils:
        def __init__(self, model: Any, tokenizer: Any, **limits: Any) -> None:
            self.labels, self.version, self.model = [], "", model

        def predict(self, texts: list[str]) -> list[Any]:
            seen.append((self.model.training, self.model.classifier.weight.abs().sum().item(), len(self.model.calls)))
            with torch.no_grad():
                self.model(input_ids=torch.tensor([[1, 2]]))
                self.model.eval().classifier.weight.zero_()
            return []

    predicted(Spoils, ["a"])
    predicted(Spoils, ["a"])
    assert seen[0] == seen[1]
    assert seen[0][0]
    assert seen[0][2] == 0


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
