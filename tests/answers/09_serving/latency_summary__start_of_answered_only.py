# exercise: latency_summary
# expect: wrong
# meant: the time for the throughput begins when the first request that did NOT fail was due
# about: first (moment|request|due)|start|begin|earliest|failed or not
def latency_summary(due: list[float], sent: list[float], finished: list[float | None]) -> dict[str, float]:
    pairs = [(d, f) for d, f in zip(due, finished, strict=True) if f is not None]
    latencies = sorted(1000 * (f - d) for d, f in pairs)
    n = len(latencies)
    span = max(f for _, f in pairs) - min(d for d, _ in pairs)
    result = {f"p{p}": latencies[math.ceil(p * n / 100) - 1] for p in (50, 95, 99)}
    return result | {"max": latencies[-1], "failed": len(due) - n, "throughput": n / span}
