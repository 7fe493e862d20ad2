# exercise: latency_summary
# expect: wrong
# meant: asks `if f` instead of `if f is not None`: an answer at second 0.0 counts as failed
# about: zero|0\.0|truth|is not None|falsy|is None
def latency_summary(due: list[float], sent: list[float], finished: list[float | None]) -> dict[str, float]:
    pairs = [(d, f) for d, f in zip(due, finished) if f]
    latencies = sorted((f - d) * 1000 for d, f in pairs)
    n = len(latencies)

    def at(p: int) -> float:
        return latencies[math.ceil(p * n / 100) - 1]

    return {
        "p50": at(50),
        "p95": at(95),
        "p99": at(99),
        "max": latencies[-1],
        "failed": sum(1 for f in finished if not f),
        "throughput": n / (max(f for _, f in pairs) - min(due)),
    }
