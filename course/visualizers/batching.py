"""Explorer of batching in a server: requests on a time line, served one at a time and in dynamic batches.

compute: :func:`simulate` and :func:`summarize`, plain Python; static picture: ``BatchingExplorer.static``; widget:
display the explorer. Dynamic batching as servers for models do it: a batch starts when it is full, or when its oldest
request has waited long enough, and never before the model is free (Crankshaw et al., 2017, "Clipper", section 4.3;
Olston et al., 2017, "TensorFlow-Serving").
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, ClassVar

from course.visualizers.arrays import PictureError
from course.visualizers.explorer import Explorer
from course.visualizers.svg import Picture

QUESTION = "Whom does a batch keep waiting, and what does everybody gain?"
MAX_REQUESTS = 400
LOADS = (1.0, 2000.0)
MAX_WAIT_MS = 1000.0
MAX_BATCH = 64
EXAMPLE_REQUESTS = 48
EXAMPLE_LOAD = 100.0


@dataclass(frozen=True)
class Served:
    """One request's way through the server; all times in milliseconds.

    Attributes:
        arrival: when it came.
        start: when the model began with its batch.
        finish: when its answer was ready, together with the answers of the whole batch.
        batch: the number of its batch, from 0.
        size: how many requests were in that batch.
    """

    arrival: float
    start: float
    finish: float
    batch: int
    size: int

    @property
    def waiting(self) -> float:
        """From arrival to start."""
        return self.start - self.arrival

    @property
    def latency(self) -> float:
        """From arrival to finish."""
        return self.finish - self.arrival


@dataclass(frozen=True)
class Summary:
    """What a load test would report; latencies in milliseconds, throughput in requests per second.

    ``throughput`` counts from the first arrival to the last finish. ``p50``, ``p95`` and ``p99`` are latencies.
    """

    p50: float
    p95: float
    p99: float
    throughput: float
    batches: int


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest of the values that at least ``percent`` of a hundred do not exceed (nearest rank, 1 to 100)."""
    # In whole numbers, since 0.95 * 20 is a little more than 19 as a float.
    rank = -(-percent * len(values) // 100)
    return sorted(values)[rank - 1]


def simulate(
    arrivals: Sequence[float], *, base_ms: float, per_item_ms: float, max_wait_ms: float, max_batch_size: int
) -> list[Served]:
    """One model that serves requests in the order of their arrival; a batch of n takes base_ms + n · per_item_ms.

    A batch starts at the earliest moment at which the model is free and either ``max_batch_size`` requests are there or
    the oldest has waited ``max_wait_ms``; everyone who has come by then goes along, up to ``max_batch_size``. With
    ``max_batch_size=1`` this is one request at a time. Nothing is rounded and no clock is stepped.

    Args:
        arrivals: milliseconds, not falling.
    """
    served: list[Served] = []
    free, batch = -math.inf, 0
    while len(served) < len(arrivals):
        first = len(served)
        last = first + max_batch_size - 1
        full = arrivals[last] if last < len(arrivals) else math.inf
        start = max(free, min(arrivals[first] + max_wait_ms, full))
        size = sum(arrival <= start for arrival in arrivals[first : last + 1])
        free = start + base_ms + size * per_item_ms
        served += [Served(arrival, start, free, batch, size) for arrival in arrivals[first : first + size]]
        batch += 1
    return served


def summarize(served: Sequence[Served]) -> Summary:
    """Percentiles of latency, throughput, and the number of batches."""
    latencies = [request.latency for request in served]
    span = served[-1].finish - served[0].arrival
    return Summary(
        percentile(latencies, 50), percentile(latencies, 95), percentile(latencies, 99),
        len(served) / span * 1000, served[-1].batch + 1,
    )  # fmt: skip


def random_arrivals(requests: int, load: float, seed: int) -> list[float]:
    """Independent arrivals, ``load`` a second on average: their gaps are exponentially distributed (a Poisson process).

    The first request comes at 0, and the mean gap is exactly 1000 / load milliseconds.
    """
    drawn = random.Random(seed)
    times = [0.0]
    for _ in range(requests - 1):
        times.append(times[-1] - math.log(1.0 - drawn.random()))
    scale = 1000 / load * (requests - 1) / times[-1] if requests > 1 else 0.0
    return [round(time * scale, 3) for time in times]


def mean_load(arrivals: Sequence[float]) -> float | None:
    """Requests per second between the first and the last arrival; None if they all come at once."""
    span = arrivals[-1] - arrivals[0]
    return (len(arrivals) - 1) / span * 1000 if span > 0 else None


class BatchingExplorer(Explorer):
    """The same requests served one at a time and in dynamic batches.

    Attributes to read and set: ``load`` (requests per second; the same pattern of arrivals is pressed together or drawn
    apart), ``max_wait_ms``, ``max_batch_size``, and ``request``, whose story is told (from 1).
    """

    controls: ClassVar[tuple[str, ...]] = ("load", "max_wait_ms", "max_batch_size", "request")
    script: ClassVar[str] = "batching.js"

    def __init__(self, pattern: list[float], native_load: float | None, base_ms: float, per_item_ms: float) -> None:
        super().__init__()
        self.pattern = pattern
        self.native_load = native_load
        self.base_ms = base_ms
        self.per_item_ms = per_item_ms

    def __repr__(self) -> str:
        return f"BatchingExplorer({len(self.pattern)} requests)"

    def check(self, control: str, value: Any) -> Any:
        if control in ("max_batch_size", "request"):
            most = MAX_BATCH if control == "max_batch_size" else len(self.pattern)
            if isinstance(value, bool) or not hasattr(value, "__index__") or not 1 <= int(value) <= most:
                raise PictureError(f"{control} must be a whole number from 1 to {most}, not {value!r}.")
            return int(value)
        low, high = LOADS if control == "load" else (0.0, MAX_WAIT_MS)
        if not _is_number(value) or not low <= value <= high:
            raise PictureError(f"{control} must be a number from {low:g} to {high:g}, not {value!r}.")
        return float(value)

    @property
    def arrivals(self) -> list[float]:
        """When the requests come under the present load, in milliseconds."""
        scale = self.native_load / self.load if self.native_load else 1.0
        return [arrival * scale for arrival in self.pattern]

    def compute(self) -> tuple[list[Served], list[Served]]:
        """All requests as they fare one at a time, and as they fare in batches, under the present controls."""
        costs = {"base_ms": self.base_ms, "per_item_ms": self.per_item_ms}
        arrivals = self.arrivals
        single = simulate(arrivals, **costs, max_wait_ms=0.0, max_batch_size=1)
        return single, simulate(arrivals, **costs, max_wait_ms=self.max_wait_ms, max_batch_size=self.max_batch_size)

    def payload(self) -> dict[str, Any]:
        from course.visualizers import palette

        return {
            "question": QUESTION,
            "pattern": self.pattern,
            "native": self.native_load,
            "base": self.base_ms,
            "item": self.per_item_ms,
            "maxBatch": MAX_BATCH,
            "loads": list(LOADS),
            "palette": palette.for_javascript(),
        }

    def static(self) -> Picture:
        from course.visualizers.batching_picture import draw

        return draw(self)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _pattern(arrivals: Any) -> list[float]:
    if hasattr(arrivals, "tolist"):
        arrivals = arrivals.tolist()
    try:
        times = [float(time) for time in arrivals]
    except (TypeError, ValueError):
        raise PictureError("arrivals must be one row of numbers: milliseconds at which requests come.") from None
    if not 1 <= len(times) <= MAX_REQUESTS:
        raise PictureError(f"arrivals must hold 1 to {MAX_REQUESTS} times, not {len(times)}.")
    if not all(math.isfinite(time) for time in times):
        raise PictureError("arrivals must be finite: look for the NaN or infinity.")
    if any(later < sooner for sooner, later in pairwise(times)):
        raise PictureError("arrivals must not fall: sort them, so that requests stand in the order in which they come.")
    return [time - times[0] for time in times]


def batching_explorer(
    arrivals: Any = None,
    *,
    max_wait_ms: float = 20.0,
    max_batch_size: int = 8,
    base_ms: float = 16.0,
    per_item_ms: float = 2.0,
    load: float | None = None,
    request: int = 1,
    seed: int = 0,
) -> BatchingExplorer:
    """Makes an explorer of requests that are served one at a time, and in dynamic batches.

    Args:
        arrivals: 1 to 400 times in milliseconds, not falling; time is counted from the first. Without them, 48 requests
            at random moments (a Poisson process, drawn with ``seed``).
        max_wait_ms: how long the oldest request of a batch waits for others, 0 to 1000.
        max_batch_size: 1 to 64; 1 is one at a time.
        base_ms: what a batch costs, however small; measure it on your own model.
        per_item_ms: what each request in it costs on top.
        load: requests per second, 1 to 2000; by default as ``arrivals`` have it (100 without them). Another load
            presses the same pattern of arrivals together or draws it apart.
        request: whose story is told, from 1.
        seed: of the random arrivals.

    Raises:
        PictureError: a ValueError, with a sentence that says what to pass instead.
    """
    for name, value in (("base_ms", base_ms), ("per_item_ms", per_item_ms)):
        if not _is_number(value) or not 0 <= value <= 10_000:
            raise PictureError(f"{name} must be a number of milliseconds from 0 to 10000, not {value!r}.")
    if base_ms + per_item_ms == 0:
        raise PictureError("base_ms and per_item_ms can't both be 0: a model that takes no time needs no batches.")
    pattern = random_arrivals(EXAMPLE_REQUESTS, EXAMPLE_LOAD, seed) if arrivals is None else _pattern(arrivals)
    native = mean_load(pattern)
    if native is not None and not LOADS[0] <= native <= LOADS[1]:
        raise PictureError(
            f"arrivals come at {native:g} requests a second, and the picture shows {LOADS[0]:g} to {LOADS[1]:g}: "
            "give them in milliseconds."
        )
    explorer = BatchingExplorer(pattern, native, float(base_ms), float(per_item_ms))
    # Requests that all come at once have no load; the number is kept for the control alone.
    explorer.load = load if load is not None else (native or EXAMPLE_LOAD)
    explorer.max_wait_ms = max_wait_ms
    explorer.max_batch_size = max_batch_size
    explorer.request = request
    return explorer
