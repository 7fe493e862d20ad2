# exercise: latency_summary
# expect: wrong
# meant: deletes the failed requests from the caller's lists
# about: in.?place|unchanged|mutat|argument|modif|delet|caller|remov
def latency_summary(due: list[float], sent: list[float], finished: list[float | None]) -> dict[str, float]:
    start = min(due)
    failed = 0
    for i in reversed(range(len(finished))):
        if finished[i] is None:
            del finished[i]
            del due[i]
            failed += 1
    latencies = sorted((f - d) * 1000 for d, f in zip(due, finished))
    n = len(latencies)
    return {
        "p50": latencies[math.ceil(50 * n / 100) - 1],
        "p95": latencies[math.ceil(95 * n / 100) - 1],
        "p99": latencies[math.ceil(99 * n / 100) - 1],
        "max": latencies[-1],
        "failed": failed,
        "throughput": n / (max(finished) - start),
    }
