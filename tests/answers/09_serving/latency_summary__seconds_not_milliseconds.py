# exercise: latency_summary
# expect: wrong
# meant: latencies are left in seconds
# about: millisecond|\bms\b|1000|unit
def latency_summary(due: list[float], sent: list[float], finished: list[float | None]) -> dict[str, float]:
    latencies = sorted(f - d for d, f in zip(due, finished) if f is not None)
    n = len(latencies)

    def rank(p):
        return latencies[math.ceil(p * n / 100) - 1]

    end = max(f for f in finished if f is not None)
    return {
        "p50": rank(50),
        "p95": rank(95),
        "p99": rank(99),
        "max": max(latencies),
        "failed": len(due) - n,
        "throughput": n / (end - min(due)),
    }
