"""A load test on loopback: clients that keep their connections, latencies by percentile, an end within 20 seconds.

The generator shares two cores with the server that it measures, so it must be cheap: asyncio streams, requests that are
bytes before the clock starts, answers read by their Content-Length; about a tenth of a millisecond a request.

*Closed loop*: each client sends its next request when it has the answer; throughput is what the server can do, and a
slow server is asked less. *Open loop*: requests come at a rate, whether the server keeps up or not; latency counts from
the moment at which a request *should* have been sent, so that waiting behind a slow one is not left out (Tene, 2013,
"coordinated omission").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 20.0


@dataclass(frozen=True)
class LoadReport:
    """What a load test saw.

    Attributes:
        clients: connections.
        seconds: from the first request that counts to the last answer.
        answered: requests with status 200.
        failed: ``{reason: count}`` of all others: a status such as ``"503"``, or ``"connection"``.
        p50, p95, p99: percentiles of latency of answered requests, in milliseconds (nearest rank); NaN if there is none.
        throughput: answered requests per second.
    """

    clients: int
    seconds: float
    answered: int
    failed: dict[str, int]
    p50: float
    p95: float
    p99: float
    throughput: float


def load_test(
    url: str, bodies: Sequence[bytes], *, clients: int = 16, seconds: float = 3.0, warm_up: float = 0.5,
    rate: float | None = None,
) -> LoadReport:  # fmt: skip
    """Ask a running server, from a process of its own, and wait for the report.

    Args:
        url: e.g. ``"http://127.0.0.1:8000/classify"``; nothing but loopback is asked.
        bodies: JSON bodies, sent in turn. For the article's endpoint see :func:`query_requests`.
        clients: connections, each with one request at a time.
        seconds: how long is measured.
        warm_up: seconds before that do not count.
        rate: requests per second in all (open loop); None is a closed loop.

    Raises:
        ValueError: if it would take more than 20 s in all, or the host is not loopback.
    """
    raise NotImplementedError
