# exercise: latency_summary
# expect: wrong
# meant: the time for the throughput goes from due[0] to the last entry of finished, as if both lists were in order
# about: order|due\[0\]|\[-1\]|sorted|\bmin\b|\bmax\b|earliest|latest
def latency_summary(due: list[float], sent: list[float], finished: list[float | None]) -> dict[str, float]:
    latencies = []
    ends = []
    for i in range(len(due)):
        if finished[i] is None:
            continue
        latencies.append((finished[i] - due[i]) * 1000)
        ends.append(finished[i])
    latencies.sort()
    n = len(latencies)
    return {
        "p50": latencies[math.ceil(50 * n / 100) - 1],
        "p95": latencies[math.ceil(95 * n / 100) - 1],
        "p99": latencies[math.ceil(99 * n / 100) - 1],
        "max": latencies[-1],
        "failed": len(due) - n,
        "throughput": n / (ends[-1] - due[0]),
    }
