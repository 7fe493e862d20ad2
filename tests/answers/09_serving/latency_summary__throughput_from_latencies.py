# exercise: latency_summary
# expect: wrong
# meant: throughput as number of answers over the sum of the latencies, as if one request came after the other
# about: sum of|latenc.*(add|sum)|overlap|\bmean\b|parallel|same time|at once|elapsed|wall|first .*last
def latency_summary(due: list[float], sent: list[float], finished: list[float | None]) -> dict[str, float]:
    latencies = sorted(f - d for d, f in zip(due, finished) if f is not None)
    n = len(latencies)
    total = sum(latencies)
    ms = [1000 * value for value in latencies]
    return {
        "p50": ms[math.ceil(50 * n / 100) - 1],
        "p95": ms[math.ceil(95 * n / 100) - 1],
        "p99": ms[math.ceil(99 * n / 100) - 1],
        "max": ms[-1],
        "failed": len(due) - n,
        "throughput": n / total if total else 0.0,
    }
