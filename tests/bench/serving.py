"""What each step from the article's endpoint to the course's service buys, on the same texts and clients in one run.

``python -m tests.bench.serving [--rounds 2] [--seconds 4] [--clients 16] [--all]``

Each server runs alone, in a thread of this process, on loopback; the load generator is a process of its own on the same
cores (closed loop, 400 film snippets). Rounds alternate, so that whatever else the machine does meets all of them.
Besides requests per second it shows the processor time of the server for each answer, which other programs on the
machine hardly change; with two cores to itself, two divided by it is about the most that it can answer in a second.
"Others" is how many cores other programs kept busy meanwhile. Where that is not near 0, requests per second say little:
the article's endpoint has a dozen threads that ask for a core, ours two, and a busy machine shares by threads.

Threads: the article's endpoint as it stands (torch's own threads, FastAPI's pool of 40); all others have one thread for
an operation, and the last two run two batches at a time. The last one is what lesson 9 measures at its end: its own
``create_app``, ``next_batch`` and ``Predictor`` around the same int8 model.
"""

from __future__ import annotations

import argparse
import copy
import math
import os
import resource
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from course.resources import load_reviews
from course.resources.sentiment import load_sentiment, sentiment_folder, serving_folder
from course.serving.application import create_app
from course.serving.article import article_app
from course.serving.load import LoadReport, json_requests, load_test, query_requests
from course.serving.onnx_model import OnnxClassifier, OnnxPredictor
from course.serving.predictor import Classifier, Predictor
from course.serving.running import running
from course.serving.service import BatchedService, DirectService

ARTICLE, FINAL, LESSON = "article's endpoint", "int8, batches, two workers", "the lesson's own, int8"
TEXTS = 400


@dataclass
class Server:
    """One way to serve, and what was seen of it."""

    make: Callable[[], Any]
    requests: Sequence[bytes]
    threads: int | None = 1
    reports: list[LoadReport] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    others: list[float] = field(default_factory=list)


def servers(every: bool) -> dict[str, Server]:
    """All servers in the order of the lesson; without ``every`` the first and the last."""
    folder, exported = sentiment_folder(print), serving_folder(print)
    texts = load_reviews("movies")["text"][:TEXTS]
    asked = json_requests(texts)

    def direct(load: Callable[[], Classifier]) -> Server:
        return Server(lambda: create_app(DirectService(load)), asked)

    def batched(load: Callable[[], Classifier], **settings: Any) -> Server:
        return Server(lambda: create_app(BatchedService(load, **settings)), asked)

    def onnx(file: str) -> Callable[[], Classifier]:
        return lambda: OnnxPredictor(exported, file)

    made = {
        ARTICLE: Server(lambda: article_app(folder, folder), query_requests(texts), threads=None),
        "torch, no gradients": direct(lambda: Predictor.from_folder(folder)),
        "torch, batches": batched(lambda: Predictor.from_folder(folder), workers=2),
        "ONNX float32": direct(onnx("model.onnx")),
        "ONNX int8": direct(onnx("model.int8.onnx")),
        "int8, batches, one worker": batched(onnx("model.int8.onnx"), workers=1, max_batch_size=16),
        FINAL: batched(onnx("model.int8.onnx")),
        LESSON: Server(lessons_own(exported), asked),
    }
    return made if every else {name: made[name] for name in (ARTICLE, FINAL, LESSON)}


class OnePerThread:
    """A predictor a thread, as in the lesson: a tokenizer of transformers must not be shared."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make, self._own = make, threading.local()
        first = make()
        self.labels, self.version = first.labels, first.version

    def predict(self, texts: Sequence[str]) -> Any:
        """By the thread's own."""
        if not hasattr(self._own, "predictor"):
            self._own.predictor = self._make()
        return self._own.predictor.predict(list(texts))


def lessons_own(exported: Any) -> Callable[[], Any]:
    """The server that lesson 9 ends with, of its solutions."""
    from autograder.build.builder import read_source

    source = read_source("09_serving")
    predictor, collect, create = (source.workbench.solution(n) for n in ("Predictor", "next_batch", "create_app"))
    model, tokenizer = load_sentiment()

    def make() -> Any:
        return predictor(OnnxClassifier(exported), copy.deepcopy(tokenizer), max_length=model.max_length)

    return lambda: create(BatchedService(lambda: OnePerThread(make), collect=collect, max_batch_size=4, workers=2))


def others_seconds() -> float:
    """Seconds that cores were busy since the machine's start with anything but this process and its ended children.

    NaN where there is no /proc/stat.
    """
    try:
        with open("/proc/stat", encoding="ascii") as file:
            user, nice, system = (int(number) for number in file.readline().split()[1:4])
    except OSError:
        return math.nan
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = (user + nice + system) / os.sysconf("SC_CLK_TCK")
    return busy - time.process_time() - children.ru_utime - children.ru_stime


def measure(server: Server, clients: int, seconds: float) -> None:
    """Serve, ask, note."""
    import torch

    before = torch.get_num_threads()
    if server.threads:
        torch.set_num_threads(server.threads)
    try:
        with running(server.make()) as url:
            load_test(url, server.requests, clients=clients, seconds=0.5, warm_up=0.0)
            begin, spent, all_spent = time.perf_counter(), time.process_time(), others_seconds()
            report = load_test(url, server.requests, clients=clients, seconds=seconds, warm_up=0.0)
            spent = time.process_time() - spent
            server.others.append((others_seconds() - all_spent) / (time.perf_counter() - begin))
    finally:
        torch.set_num_threads(before)
    server.reports.append(report)
    server.cpu.append(1000 * spent / max(1, report.answered))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--all", action="store_true", help="the steps between, too")
    chosen = parser.parse_args()
    tried = servers(chosen.all)
    for number in range(chosen.rounds):
        for name, server in tried.items():
            measure(server, chosen.clients, chosen.seconds)
            print(f"round {number + 1}  {name:26s} {server.reports[-1]}", flush=True)
    print(f"\n{os.cpu_count()} cores, load of the machine {os.getloadavg()[0]:.1f} at the end; medians of the rounds:")
    print(f"{'':26s} {'requests/s':>10s} {'p50 ms':>8s} {'p99 ms':>8s} {'CPU ms/answer':>14s} {'others':>7s}")
    for name, server in tried.items():
        rows = [[r.throughput, r.p50, r.p99] for r in server.reports]
        throughput, p50, p99 = (statistics.median(column) for column in zip(*rows, strict=True))
        cpu, others = statistics.median(server.cpu), max(server.others)
        print(f"{name:26s} {throughput:10.1f} {p50:8.1f} {p99:8.1f} {cpu:14.2f} {others:7.2f}")
    first = tried[ARTICLE]
    for name in (FINAL, LESSON):
        ratios = [b.throughput / a.throughput for a, b in zip(first.reports, tried[name].reports, strict=True)]
        saved = statistics.median(first.cpu) / statistics.median(tried[name].cpu)
        print(f"\nthroughput, {name} : {ARTICLE}, round by round: {', '.join(f'{r:.1f}' for r in ratios)}")
        print(f"processor time for an answer, the other way round: {saved:.1f}")


if __name__ == "__main__":
    main()
