# exercise: latency_summary
# expect: wrong
# meant: sorts due and finished each for itself, so that a request gets another one's answer
# about: pair|each for itself|separate|own answer|belong|overtak|independent
def latency_summary(due: list[float], sent: list[float], finished: list[float | None]) -> dict[str, float]:
    d = [a for a, b in zip(due, finished) if b is not None]
    f = [b for b in finished if b is not None]
    start = min(due)
    d = sorted(d)
    f = sorted(f)
    latencies = sorted((b - a) * 1000 for a, b in zip(d, f))
    n = len(latencies)
    return {
        "p50": latencies[math.ceil(50 * n / 100) - 1],
        "p95": latencies[math.ceil(95 * n / 100) - 1],
        "p99": latencies[math.ceil(99 * n / 100) - 1],
        "max": latencies[-1],
        "failed": len(finished) - n,
        "throughput": n / (f[-1] - start),
    }
