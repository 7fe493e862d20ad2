"""The batching explorer: its server against one that steps a clock, its percentiles against numpy, and its picture."""

from __future__ import annotations

import random
import xml.etree.ElementTree as ET
from collections.abc import Sequence

import numpy as np
import pytest

from course.visualizers import batching_explorer
from course.visualizers.arrays import PictureError
from course.visualizers.batching import MAX_REQUESTS, percentile, random_arrivals, simulate, summarize
from course.visualizers.svg import text_width

SVG = "{http://www.w3.org/2000/svg}"


def by_clock(arrivals: Sequence[int], base: int, item: int, wait: int, most: int) -> list[tuple[int, int, int, int]]:
    """A server that looks at its queue every millisecond: arrival, start, finish, size."""
    queue: list[int] = []
    coming = list(arrivals)
    served: list[tuple[int, int, int, int]] = []
    free = now = 0
    while coming or queue:
        while coming and coming[0] <= now:
            queue.append(coming.pop(0))
        if queue and free <= now and (len(queue) >= most or now - queue[0] >= wait):
            batch, queue = queue[:most], queue[most:]
            free = now + base + item * len(batch)
            served += [(arrival, now, free, len(batch)) for arrival in batch]
        else:
            now += 1
    return served


@pytest.mark.parametrize("seed", range(60))
def test_every_time_is_that_of_a_server_that_steps_a_clock(seed: int) -> None:
    drawn = random.Random(seed)
    arrivals = sorted(drawn.randrange(drawn.choice([1, 60, 400])) for _ in range(drawn.randrange(1, 40)))
    base, item, wait, most = (
        drawn.randrange(1, 30),
        drawn.randrange(0, 5),
        drawn.randrange(0, 40),
        drawn.randrange(1, 9),
    )
    served = simulate(arrivals, base_ms=base, per_item_ms=item, max_wait_ms=wait, max_batch_size=most)
    found = [(request.arrival, request.start, request.finish, request.size) for request in served]
    assert found == by_clock(arrivals, base, item, wait, most)


def test_who_comes_at_the_last_moment_still_goes_along() -> None:
    served = simulate([0, 10, 20], base_ms=5, per_item_ms=1, max_wait_ms=10, max_batch_size=4)
    assert [(request.start, request.finish, request.batch) for request in served] == [
        (10, 17, 0),
        (10, 17, 0),
        (30, 36, 1),
    ]


def test_a_full_batch_does_not_wait_and_a_busy_model_lets_the_queue_grow() -> None:
    served = simulate([0, 1, 2, 3, 4, 5], base_ms=10, per_item_ms=0, max_wait_ms=100, max_batch_size=2)
    assert [request.start for request in served] == [1, 1, 11, 11, 21, 21]
    assert [request.waiting for request in served] == [1, 0, 9, 8, 17, 16]


@pytest.mark.parametrize("size", [1, 2, 19, 20, 21, 100, 101])
def test_percentiles_are_numpys_nearest_rank(size: int) -> None:
    values = random.Random(size).choices(range(1000), k=size)
    for percent in (1, 50, 95, 99, 100):
        assert percentile(values, percent) == np.percentile(values, percent, method="inverted_cdf")


def test_throughput_counts_from_the_first_arrival_to_the_last_answer() -> None:
    found = summarize(simulate([100, 100, 100, 100], base_ms=16, per_item_ms=1, max_wait_ms=0, max_batch_size=4))
    assert (found.throughput, found.batches, found.p50, found.p99) == (200, 1, 20, 20)


def test_random_arrivals_have_their_load_and_exponential_gaps() -> None:
    times = random_arrivals(400, 50, seed=3)
    assert times[0] == 0
    assert times[-1] / 399 == pytest.approx(20, rel=1e-4)
    gaps = np.diff(times)
    assert np.std(gaps) == pytest.approx(np.mean(gaps), rel=0.15)  # as an exponential distribution has it
    assert times == random_arrivals(400, 50, seed=3) != random_arrivals(400, 50, seed=4)


def test_a_batch_size_of_one_without_waiting_is_one_at_a_time() -> None:
    single, batched = batching_explorer(max_wait_ms=0, max_batch_size=1).compute()
    assert single == batched


def test_your_own_arrivals_are_taken_to_the_last_digit_and_load_stretches_them() -> None:
    explorer = batching_explorer([5, 15, 25.5])
    assert explorer.arrivals == [0, 10, 20.5]
    explorer.load = explorer.load / 2
    assert explorer.arrivals == [0, 20, 41]
    assert batching_explorer(np.array([0, 10]), load=50).arrivals == [0, 20]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"arrivals": []}, "arrivals must hold 1 to"),
        ({"arrivals": [0] * (MAX_REQUESTS + 1)}, "arrivals must hold 1 to"),
        ({"arrivals": "ab"}, "one row of numbers"),
        ({"arrivals": 3}, "one row of numbers"),
        ({"arrivals": [0, float("nan")]}, "look for the NaN"),
        ({"arrivals": [2, 1]}, "sort them"),
        ({"arrivals": [0, 0.01]}, "give them in milliseconds"),
        ({"max_wait_ms": -1}, "max_wait_ms must be a number from 0 to 1000"),
        ({"max_batch_size": 0}, "max_batch_size must be a whole number from 1 to 64"),
        ({"max_batch_size": 2.0}, "max_batch_size must be a whole number"),
        ({"load": 0}, "load must be a number from 1 to 2000"),
        ({"request": 49}, "request must be a whole number from 1 to 48"),
        ({"base_ms": -1}, "base_ms must be a number of milliseconds"),
        ({"base_ms": 0, "per_item_ms": 0}, "can't both be 0"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(arguments: dict[str, object], sentence: str) -> None:
    with pytest.raises(PictureError, match=sentence):
        batching_explorer(**arguments)


def test_the_picture_is_deterministic_and_states_its_numbers() -> None:
    explorer = batching_explorer([0] * 16, max_batch_size=16, request=2)
    svg = str(explorer.static())
    assert svg == str(batching_explorer([0] * 16, max_batch_size=16, request=2).static())
    said = " ".join(ET.fromstring(svg).itertext())
    # One at a time, request n is done after 18 n ms; all together after 48 ms: only the first two lose.
    assert "2 of 16 get their answer later than one at a time, by up to 30.0 ms." in said
    assert "Throughput: 6.00 times that of one at a time." in said
    told = "Request 2 comes at 0.0 ms, waits 0.0 ms and is computed in a batch of 16: 48.0 ms. One at a time: 36.0 ms."
    assert told in said
    assert "16 requests, all at once" in said
    assert " id=" not in svg


def test_even_without_waiting_the_first_of_a_batch_waits_for_the_others_to_be_computed() -> None:
    single, batched = batching_explorer([0, 1, 1], max_wait_ms=0, base_ms=10, per_item_ms=2).compute()
    assert [request.latency for request in single] == [12, 23, 35]
    assert [request.latency for request in batched] == [12, 25, 25]
    nobody = "Nobody gets the answer later than one at a time."
    assert nobody not in str(batching_explorer(max_wait_ms=0).static())
    assert nobody in str(batching_explorer(max_wait_ms=0, max_batch_size=1).static())


@pytest.mark.parametrize(
    "arrivals", [None, [0], [0, 0], list(range(MAX_REQUESTS)), [0, 900], [0] * 30], ids=lambda a: str(a and len(a))
)
@pytest.mark.parametrize(("wait", "size"), [(0, 1), (1000, 64)])
def test_the_picture_fits_its_frame(arrivals: list[float] | None, wait: float, size: int) -> None:
    root = ET.fromstring(str(batching_explorer(arrivals, max_wait_ms=wait, max_batch_size=size).static()))
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for element in root.iter(f"{SVG}text"):
        left, y, font = (float(element.attrib[name]) for name in ("x", "y", "font-size"))
        long = text_width(element.text or "", font)
        left -= {"middle": long / 2, "end": long}.get(element.attrib.get("text-anchor", ""), 0.0)
        assert left >= 0, element.text
        assert left + long <= width, element.text
        assert 0 < y < height
    for element in root.iter(f"{SVG}rect"):
        assert float(element.attrib["width"]) >= 0
        assert float(element.attrib["x"]) + float(element.attrib["width"]) <= width
