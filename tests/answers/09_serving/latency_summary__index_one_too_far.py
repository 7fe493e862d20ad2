# exercise: latency_summary
# expect: wrong
# meant: uses int(p * n / 100) as an index counted from 0, one place too far when p * n / 100 is whole
# about: off.by.one|index|counted from|ceil|place|one too
def latency_summary(due: list[float], sent: list[float], finished: list[float | None]) -> dict[str, float]:
    lat = []
    for d, f in zip(due, finished):
        if f is not None:
            lat.append((f - d) * 1000)
    lat.sort()

    def pct(p):
        return lat[min(int(len(lat) * p / 100), len(lat) - 1)]

    span = max(f for f in finished if f is not None) - min(due)
    return {
        "p50": pct(50),
        "p95": pct(95),
        "p99": pct(99),
        "max": lat[-1],
        "failed": finished.count(None),
        "throughput": len(lat) / span,
    }
