# exercise: latency_summary
# expect: wrong
# meant: the throughput divides the number of all requests, the failed ones included, by the time
# about: throughput.*(fail|answer)|(fail|answer).*throughput|answers? per|all requests
def latency_summary(due: list[float], sent: list[float], finished: list[float | None]) -> dict[str, float]:
    latencies = sorted((f - d) * 1000 for d, f in zip(due, finished) if f is not None)
    n = len(latencies)
    start = min(due)
    end = max(f for f in finished if f is not None)
    return {
        "p50": latencies[math.ceil(0.5 * n) - 1],
        "p95": latencies[math.ceil(95 * n / 100) - 1],
        "p99": latencies[math.ceil(99 * n / 100) - 1],
        "max": latencies[-1],
        "failed": len(due) - n,
        "throughput": len(due) / (end - start),
    }
