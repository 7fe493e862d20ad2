"""A load test on loopback: clients that keep their connections, latencies by percentile, an end within 20 seconds.

The generator shares two cores with the server that it measures, so it must be cheap: asyncio streams, requests that are
bytes before the clock starts, answers read by their Content-Length; about a tenth of a millisecond a request.

*Closed loop*: each client sends its next request when it has the answer; throughput is what the server can do, and a
slow server is asked less. *Open loop*: requests come at a rate, whether the server keeps up or not; latency counts from
the moment at which a request *should* have been sent, so that waiting behind a slow one is not left out (Tene, 2013,
"coordinated omission").
"""

from __future__ import annotations

import asyncio
import json
import math
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

from course.visualizers.batching import percentile, random_arrivals

#: Seconds that a load test may take in all, and what is left for starting and ending.
LONGEST = 20.0
_SPARE = 3.0
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class LoadReport:
    """What a load test saw.

    Attributes:
        clients: connections.
        seconds: how long was measured.
        answered: requests with status 200.
        failed: ``{reason: count}`` of all others: a status such as ``"503"``, ``"connection"``, or ``"unanswered"`` for
            what was still open at the end of an open loop.
        p50: median latency of answered requests in milliseconds (nearest rank); NaN if there is none.
        p95: of 95 in 100.
        p99: of 99 in 100.
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

    def __str__(self) -> str:
        failed = f", failed: {self.failed}" if self.failed else ""
        return (
            f"{self.clients} clients: {self.throughput:.1f} requests/s, latency {self.p50:.1f} ms (p50), "
            f"{self.p95:.1f} ms (p95), {self.p99:.1f} ms (p99){failed}"
        )


def json_requests(texts: Sequence[str], path: str = "/classify") -> list[bytes]:
    """One HTTP request for each text, as bytes: ``POST path`` with the body ``{"texts": [text]}``."""
    made = []
    for text in texts:
        body = json.dumps({"texts": [text]}).encode()
        head = f"POST {path} HTTP/1.1\r\nHost: loopback\r\nContent-Type: application/json\r\n"
        made.append(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
    return made


def query_requests(texts: Sequence[str], path: str = "/classify") -> list[bytes]:
    """One HTTP request for each text as the article's endpoint wants it: in the query, without a body."""
    return [
        f"POST {path}?text={quote(text)} HTTP/1.1\r\nHost: loopback\r\nContent-Length: 0\r\n\r\n".encode()
        for text in texts
    ]


def load_test(
    url: str, requests: Sequence[bytes], *, clients: int = 16, seconds: float = 3.0, warm_up: float = 0.5,
    rate: float | None = None,
) -> LoadReport:  # fmt: skip
    """Ask a running server, from a process of its own, and wait for the report.

    Args:
        url: e.g. ``"http://127.0.0.1:8000"``; nothing but loopback is asked.
        requests: whole HTTP/1.1 requests, sent in turn: :func:`json_requests` or :func:`query_requests`.
        clients: connections, each with one request at a time.
        seconds: how long is measured.
        warm_up: seconds before that, which do not count.
        rate: requests per second in all (open loop); None is a closed loop.

    Raises:
        ValueError: if it would take more than 20 s in all, the host is not loopback, or there is nothing to send.
        RuntimeError: if the generator fails, e.g. because nothing listens there.
    """
    host, port = loopback_address(url)
    check_plan(requests, clients, seconds, warm_up, rate)
    plan = {
        "host": host, "port": port, "requests": [request.decode() for request in requests], "clients": clients,
        "seconds": seconds, "warm_up": warm_up, "rate": rate,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "course.serving.load"], input=json.dumps(plan), capture_output=True, text=True,
        cwd=_ROOT, timeout=LONGEST + 10,
    )  # fmt: skip
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise RuntimeError(f"The load test failed: {last}")
    return LoadReport(**json.loads(done.stdout))


def loopback_address(url: str) -> tuple[str, int]:
    """Host and port of an address on this machine.

    Raises:
        ValueError: if it is any other, or has no port.
    """
    parts = urlsplit(url)
    if parts.hostname not in _LOOPBACK or parts.port is None:
        raise ValueError(f"A load test asks loopback alone, such as http://127.0.0.1:8000, not {url!r}.")
    return parts.hostname, parts.port


def check_plan(requests: Sequence[bytes], clients: int, seconds: float, warm_up: float, rate: float | None) -> None:
    """Raise ValueError for a load test that could not be made, or would not end in time."""
    if not requests:
        raise ValueError("There is no request to send.")
    if not 1 <= clients <= 256 or seconds <= 0 or warm_up < 0 or (rate is not None and rate <= 0):
        raise ValueError("1 to 256 clients are needed, seconds and rate above 0, and warm_up of at least 0.")
    if seconds + warm_up + _SPARE > LONGEST:
        raise ValueError(f"A load test ends within {LONGEST:g} s: seconds and warm_up together {LONGEST - _SPARE:g}.")


@dataclass
class _Seen:
    """What has come back: latencies in milliseconds of what counts, and failures by their reason."""

    latencies: list[float] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)

    def note(self, status: str, seconds: float) -> None:
        if status == "200":
            self.latencies.append(seconds * 1000)
        else:
            self.failed[status] += 1

    def report(self, clients: int, seconds: float) -> LoadReport:
        known = self.latencies
        p50, p95, p99 = (percentile(known, percent) if known else math.nan for percent in (50, 95, 99))
        return LoadReport(clients, seconds, len(known), dict(self.failed), p50, p95, p99, len(known) / seconds)


class _Connection:
    """A connection that is kept, and opened again if the server has closed it."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, request: bytes) -> str:
        """Send a request, read its answer whole; the status as a string, or ``"connection"``."""
        try:
            if self._reader is None or self._writer is None:
                self._reader, self._writer = await asyncio.open_connection(self._host, self._port)
            self._writer.write(request)
            head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
            length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
            await self._reader.readexactly(length)
            if b"connection: close" in head:
                self.close()
            return head[9:12].decode()
        except (OSError, asyncio.IncompleteReadError, IndexError, ValueError):
            self.close()
            return "connection"

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None


async def closed_loop(
    host: str, port: int, requests: Sequence[bytes], clients: int, seconds: float, warm_up: float
) -> LoadReport:
    """Each client asks, waits for the answer, asks again; what *ends* while it is measured counts."""
    seen = _Seen()
    begin = time.perf_counter() + warm_up
    end = begin + seconds

    async def client(number: int) -> None:
        connection, turn = _Connection(host, port), number * len(requests) // clients
        try:
            while (sent := time.perf_counter()) < end:
                status = await connection.ask(requests[turn % len(requests)])
                turn += 1
                came = time.perf_counter()
                if begin <= came < end:
                    seen.note(status, came - sent)
                if status == "connection":
                    await asyncio.sleep(0.05)
        finally:
            connection.close()

    await _in_time([client(number) for number in range(clients)], end + _SPARE - 1)
    return seen.report(clients, seconds)


async def open_loop(
    host: str, port: int, requests: Sequence[bytes], clients: int, seconds: float, warm_up: float, rate: float
) -> LoadReport:
    """Requests are due at random moments, ``rate`` a second; a free client sends the next one, late if need be."""
    count = max(2, math.ceil(rate * (warm_up + seconds)))
    start = time.perf_counter()
    due = [start + moment / 1000 for moment in random_arrivals(count, rate, seed=0)]
    begin, end = start + warm_up, start + warm_up + seconds
    seen, next_one = _Seen(), 0

    async def client() -> None:
        nonlocal next_one
        connection = _Connection(host, port)
        try:
            while next_one < count and time.perf_counter() < end:
                turn = next_one
                next_one += 1
                await asyncio.sleep(max(0.0, due[turn] - time.perf_counter()))
                status = await connection.ask(requests[turn % len(requests)])
                if begin <= due[turn] < end:
                    seen.note(status, time.perf_counter() - due[turn])
        finally:
            connection.close()

    await _in_time([client() for _ in range(clients)], end + _SPARE - 1)
    answered = len(seen.latencies) + sum(seen.failed.values())
    unanswered = sum(begin <= moment < end for moment in due) - answered
    if unanswered:
        seen.failed["unanswered"] += unanswered
    return seen.report(clients, seconds)


async def _in_time(clients: Sequence[object], end: float) -> None:
    """Run all clients, and end those that still wait some seconds after the end."""
    tasks = [asyncio.ensure_future(client) for client in clients]  # type: ignore[call-overload]
    _, late = await asyncio.wait(tasks, timeout=max(0.0, end - time.perf_counter()))
    for task in late:
        task.cancel()
    for ended in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(ended, Exception):
            raise ended


def run_plan(text: str) -> LoadReport:
    """Run a plan, the JSON that :func:`load_test` writes."""
    plan = json.loads(text)
    rate = plan.pop("rate")
    plan["requests"] = [request.encode() for request in plan["requests"]]
    return asyncio.run(closed_loop(**plan) if rate is None else open_loop(**plan, rate=rate))


if __name__ == "__main__":
    print(json.dumps(asdict(run_plan(sys.stdin.read()))))
