"""Dynamic batching: by the rule, on a clock that jumps; and with threads, that nobody waits forever."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.serving import virtual
from course.serving.batcher import Batcher, Overloaded, Waiting, next_batch
from course.serving.predictor import Prediction
from course.serving.service import BatchedService, DirectService, NotReady
from course.visualizers.batching import simulate
from tests.course.serving.conftest import FakeClassifier


def batches_of(arrivals: Sequence[float], size: int, wait: float, model: float) -> list[tuple[float, list[str]]]:
    """When each batch was handed over, and what was in it; the model takes ``model`` seconds a batch."""

    async def run() -> list[tuple[float, list[str]]]:
        loop = asyncio.get_running_loop()
        queue: asyncio.Queue[Waiting] = asyncio.Queue()

        async def send() -> None:
            for number, moment in enumerate(arrivals):
                await asyncio.sleep(moment - loop.time())
                queue.put_nowait(Waiting(str(number), loop.time(), loop.create_future()))

        sender = asyncio.create_task(send())
        made: list[tuple[float, list[str]]] = []
        while sum(len(texts) for _, texts in made) < len(arrivals):
            batch = await next_batch(queue, size, wait)
            made.append((loop.time(), [entry.text for entry in batch]))
            await asyncio.sleep(model)
        await sender
        return made

    return virtual.run(run())  # type: ignore[no-any-return]


def test_full_goes_at_once_and_the_oldest_waits_no_longer_than_it_may() -> None:
    made = batches_of([0.0, 0.001, 0.002, 0.5, 0.502, 0.9], size=3, wait=0.01, model=0.0)
    assert [texts for _, texts in made] == [["0", "1", "2"], ["3", "4"], ["5"]]
    assert [moment for moment, _ in made] == pytest.approx([0.002, 0.51, 0.91], abs=1e-3)


def test_who_came_while_the_model_ran_goes_at_once() -> None:
    made = batches_of([0.0, 0.01, 0.02, 0.03], size=8, wait=0.005, model=0.1)
    assert [texts for _, texts in made] == [["0"], ["1", "2", "3"]]
    assert made[1][0] == pytest.approx(0.105, abs=1e-3), "their 5 ms were over long ago"


def test_without_waiting_everybody_who_is_there_is_taken() -> None:
    made = batches_of([0.0, 0.01, 0.01, 0.01], size=2, wait=0.0, model=0.1)
    assert [texts for _, texts in made] == [["0"], ["1", "2"], ["3"]]


@given(
    gaps=st.lists(st.integers(0, 40), min_size=1, max_size=25),
    size=st.integers(1, 6),
    wait=st.integers(0, 30),
    model=st.integers(1, 50),
)
def test_the_rule_is_the_visualizers(gaps: list[int], size: int, wait: int, model: int) -> None:
    # Odd thousandths against even ones: no arrival falls on the very moment of a start, where either would be right.
    arrivals, now = [], 0.0
    for gap in gaps:
        now += 2 * gap + 0.5
        arrivals.append(now)
    served = simulate(arrivals, base_ms=2 * model, per_item_ms=0, max_wait_ms=2 * wait + 0.25, max_batch_size=size)
    made = batches_of([moment / 1000 for moment in arrivals], size, (2 * wait + 0.25) / 1000, 2 * model / 1000)
    expected: dict[int, list[str]] = {}
    for number, request in enumerate(served):
        expected.setdefault(request.batch, []).append(str(number))
    assert [texts for _, texts in made] == list(expected.values())


def test_answers_come_to_those_who_asked(fake: FakeClassifier) -> None:
    async def run() -> list[list[Prediction]]:
        batcher = Batcher(fake.predict, max_batch_size=4, max_wait=0.02)
        await batcher.start()
        try:
            return await asyncio.gather(*(batcher.submit(["x" * n, "y" * (n + 1)]) for n in range(1, 9)))
        finally:
            await batcher.close()

    answers = asyncio.run(run())
    assert [[a["tokens"] for a in pair] for pair in answers] == [[n + 2, n + 3] for n in range(1, 9)]
    assert sum(map(len, fake.calls)) == 16
    assert max(map(len, fake.calls)) == 4


def test_a_model_that_fails_answers_everybody_and_goes_on(fake: FakeClassifier) -> None:
    async def run() -> tuple[list[object], list[Prediction]]:
        batcher = Batcher(fake.predict, max_batch_size=2, max_wait=0.05, workers=1)
        await batcher.start()
        failed = await asyncio.gather(batcher.submit(["boom"]), batcher.submit(["a"]), return_exceptions=True)
        after = await batcher.submit(["fine"])
        await batcher.close()
        return list(failed), after

    failed, after = asyncio.run(run())
    assert [type(one) for one in failed] == [RuntimeError, RuntimeError]
    assert after[0]["label"] == "positive"


def test_a_model_that_gives_too_few_answers_is_an_error() -> None:
    async def run() -> None:
        batcher = Batcher(lambda texts: [], max_wait=0)
        await batcher.start()
        try:
            await batcher.submit(["a"])
        finally:
            await batcher.close()

    with pytest.raises(ValueError, match="0 answers for 1 texts"):
        asyncio.run(run())


class Held:
    """A model that answers when it is let go."""

    def __init__(self) -> None:
        self.go, self.begun, self.seen = threading.Event(), threading.Event(), list[list[str]]()

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """Wait, then answer."""
        self.seen.append(list(texts))
        self.begun.set()
        assert self.go.wait(10)
        return FakeClassifier().predict(texts)


def test_a_full_queue_says_so_and_who_has_gone_costs_nothing() -> None:
    held = Held()

    async def run() -> None:
        batcher = Batcher(held.predict, max_batch_size=1, max_wait=0, max_waiting=2, workers=1)
        await batcher.start()
        first = asyncio.create_task(batcher.submit(["first"]))
        await asyncio.to_thread(held.begun.wait, 10)
        gone, third = (asyncio.create_task(batcher.submit([text])) for text in ("gone", "third"))
        await asyncio.sleep(0.05)
        assert batcher.waiting == 2
        with pytest.raises(Overloaded):
            await batcher.submit(["one too many"])
        gone.cancel()
        held.go.set()
        assert (await first)[0]["tokens"] == 7
        assert (await third)[0]["tokens"] == 7
        await batcher.close()

    asyncio.run(run())
    assert held.seen == [["first"], ["third"]]


def test_closing_answers_what_runs_and_refuses_what_waits() -> None:
    held = Held()

    async def run() -> None:
        batcher = Batcher(held.predict, max_batch_size=1, max_wait=0, workers=1)
        await batcher.start()
        await batcher.start()
        runs = asyncio.create_task(batcher.submit(["runs"]))
        await asyncio.to_thread(held.begun.wait, 10)
        waits = asyncio.create_task(batcher.submit(["waits"]))
        await asyncio.sleep(0.05)
        closing = asyncio.create_task(batcher.close())
        await asyncio.sleep(0.05)
        held.go.set()
        await closing
        assert (await runs)[0]["tokens"] == 6
        with pytest.raises(RuntimeError, match="closing"):
            await waits
        with pytest.raises(RuntimeError, match="not running"):
            await batcher.submit(["late"])
        await batcher.close()

    asyncio.run(run())


@pytest.mark.parametrize("wrong", [{"max_batch_size": 0}, {"max_waiting": 0}, {"workers": 0}, {"max_wait": -1}])
def test_impossible_settings_are_refused(fake: FakeClassifier, wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="at least"):
        Batcher(fake.predict, **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [DirectService, BatchedService])
def test_a_service_loads_once_and_is_ready_in_between(fake: FakeClassifier, kind: type[DirectService]) -> None:
    loaded = []

    def load() -> FakeClassifier:
        loaded.append(1)
        return fake

    async def run() -> None:
        service = kind(load)
        assert not service.ready
        assert (service.labels, service.version) == ((), "")
        with pytest.raises(NotReady):
            await service.classify(["a"])
        await service.start()
        assert service.ready
        assert (service.labels, service.version) == (fake.labels, "fake-1")
        answers = await asyncio.gather(*(service.classify(["a", "bb"]) for _ in range(5)))
        assert [a["label"] for a in answers[0]] == ["negative", "positive"]
        await service.close()
        assert not service.ready
        with pytest.raises(NotReady):
            await service.classify(["a"])
        await service.close()

    asyncio.run(run())
    assert loaded == [1]
    assert len(fake.calls[0]) == 1, "the first call is the warm-up"
